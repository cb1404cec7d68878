// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/clip_sampler.h"

#include "core/base/assert.h"
#include "core/motion/rotation_blend.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gesture::interchange {

namespace {

/// Nearer to a frame than this, the frame itself is meant.
constexpr double kSameFrame = 1e-6;

std::array<float, motion::kPoseSize> handMeansOf(const motion::BodyModelData& body) {
    std::array<float, motion::kPoseSize> means{};
    std::ranges::copy(body.leftHandMean,
                      means.begin() + std::ptrdiff_t{3} * motion::kFirstLeftHandJoint);
    std::ranges::copy(body.rightHandMean,
                      means.begin() + std::ptrdiff_t{3} * motion::kFirstRightHandJoint);
    return means;
}

} // namespace

ClipSampler::ClipSampler(const io::Avatar& avatar, avatar::ExpressionMapper::Sources sources,
                         FrameRange range, FrameRate rate)
    : mapper_(avatar, sources)
    , clip_(std::move(sources.clip))
    , handMeans_(handMeansOf(avatar.body->data()))
    , range_(range) {
    GESTURE_ASSERT(!range.empty() && range.begin.value >= 0 &&
                   range.end.value <= clip_->frameCount());
    framesPerSample_ = clip_->rate().perSecond() / rate.perSecond();
    count_ = static_cast<std::int64_t>(std::floor(
                 static_cast<double>(range.length() - 1) / framesPerSample_ + kSameFrame)) +
             1;
    for (SampledPose* pose : {&before_, &after_, &between_})
        pose->expression.resize(static_cast<std::size_t>(mapper_.coefficientCount()));
}

void ClipSampler::readFrame(std::int64_t frame, SampledPose& pose) const {
    const auto angles = clip_->pose({frame});
    for (std::size_t j = 0; j < motion::kJointCount; ++j) {
        const std::array<float, 3> vector{angles[3 * j] + handMeans_[3 * j],
                                          angles[3 * j + 1] + handMeans_[3 * j + 1],
                                          angles[3 * j + 2] + handMeans_[3 * j + 2]};
        pose.rotations[j] = motion::rotationOf(vector).cast<float>();
    }
    const AxisAngle jaw = mapper_.map({frame}, pose.expression);
    pose.rotations[motion::kJaw] = motion::exponential(jaw.cast<double>()).cast<float>();
    const auto translation = clip_->translation({frame});
    pose.translation = {translation[0], translation[1], translation[2]};
}

const SampledPose& ClipSampler::at(std::int64_t index) {
    const double position = static_cast<double>(index) * framesPerSample_;
    const std::int64_t last = range_.length() - 1;
    const auto frame = std::min(static_cast<std::int64_t>(std::floor(position + kSameFrame)), last);
    const auto share = static_cast<float>(position - static_cast<double>(frame));
    if (frame == loaded_ + 1 && loaded_ >= 0 && loaded_ < last)
        std::swap(before_, after_);
    else if (frame != loaded_)
        readFrame(range_.begin.value + frame, before_);
    if (frame != loaded_ && frame < last) readFrame(range_.begin.value + frame + 1, after_);
    loaded_ = frame;
    if (share < static_cast<float>(kSameFrame) || frame == last) return before_;
    for (std::size_t j = 0; j < motion::kJointCount; ++j)
        between_.rotations[j] = before_.rotations[j].slerp(share, after_.rotations[j]);
    between_.translation = before_.translation + share * (after_.translation - before_.translation);
    for (std::size_t i = 0; i < between_.expression.size(); ++i)
        between_.expression[i] =
            before_.expression[i] + share * (after_.expression[i] - before_.expression[i]);
    return between_;
}

} // namespace gesture::interchange
