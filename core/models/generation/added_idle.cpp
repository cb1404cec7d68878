// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/added_idle.h"

#include "core/gestures/idle_motion.h"
#include "core/inference/clip_frames.h"
#include "core/motion/average_skeleton.h"

#include <utility>

namespace gesture::models {

bool addsIdle(const LoadedBundle& bundle, const inference::GenerateOptions& options) {
    return bundle.bundle.manifest.idle == io::IdleRule::Added &&
           options.idle && options.rules == inference::WindowRules::Product;
}

Result<inference::MotionFrames> withIdle(const LoadedBundle& bundle,
                                         const inference::GenerateOptions& options,
                                         inference::MotionFrames motion, JobControl& control) {
    if (!addsIdle(bundle, options)) return motion;
    const auto still = inference::clipOf(motion);
    if (!still) return still.error();
    const auto lively = gestures::addIdleMotion(*still, motion::averageRestJoints(),
                                                CounterRandom(options.seed), control);
    if (!lively) return lively.error();
    auto frames = inference::framesOf(*lively);
    if (frames) frames->contacts = std::move(motion.contacts);
    return frames;
}

} // namespace gesture::models
