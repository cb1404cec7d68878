// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/root_mode.h"

#include "core/motion/foot_contact.h"
#include "core/motion/foot_lock.h"
#include "core/motion/root_drift.h"

#include <array>
#include <utility>

namespace gesture::interchange {

namespace {

motion::Clip::Data copyOf(const motion::Clip& clip) {
    motion::Clip::Data data;
    data.poses.assign(clip.poses().begin(), clip.poses().end());
    data.translations.assign(clip.translations().begin(), clip.translations().end());
    data.expressions.assign(clip.expressions().begin(), clip.expressions().end());
    data.betas.assign(clip.betas().begin(), clip.betas().end());
    data.rate = clip.rate();
    data.expressionSpace = clip.expressionSpace();
    data.gender = clip.gender();
    data.model = clip.model();
    return data;
}

Status lockStandingFeet(const motion::Clip& clip, motion::Clip::Data& data,
                        const motion::ShapedBody& body, JobControl& control) {
    auto contacts = motion::footContacts(clip, body, control);
    if (!contacts) return std::move(contacts).error();
    const motion::MotionSpans spans{data.poses, data.translations, data.expressions, *contacts};
    const std::span<const float, motion::kPoseSize> restJoints(body.restJoints().data(),
                                                               motion::kPoseSize);
    return motion::lockFeet(spans, motion::cleanContacts(*contacts), restJoints,
                            motion::FootLock::RootAndLegs, control);
}

} // namespace

Result<std::shared_ptr<const motion::Clip>> withRootMode(std::shared_ptr<const motion::Clip> clip,
                                                         const motion::ShapedBody& body,
                                                         RootMode mode, JobControl& control) {
    if (mode == RootMode::Full) return clip;
    motion::Clip::Data data = copyOf(*clip);
    if (mode == RootMode::InPlace) motion::removeRootDrift(data.translations, data.rate);
    if (mode == RootMode::None) motion::holdRoot(data.translations);
    if (mode == RootMode::FeetLocked)
        if (Status locked = lockStandingFeet(*clip, data, body, control); !locked)
            return std::move(locked).error();
    auto moved = motion::Clip::create(std::move(data));
    if (!moved) return std::move(moved).error();
    return std::make_shared<const motion::Clip>(std::move(*moved));
}

} // namespace gesture::interchange
