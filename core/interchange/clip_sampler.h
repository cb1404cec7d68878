// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/expression_mapper.h"
#include "core/base/time.h"
#include "core/io/avatar_file.h"
#include "core/motion/clip.h"

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace gesture::interchange {

/// The body of a clip at one moment, as an avatar shows it.
struct SampledPose {
    std::array<Eigen::Quaternionf, motion::kJointCount> rotations; ///< In the parent's frame.
    Eigen::Vector3f translation = Eigen::Vector3f::Zero();         ///< Of the body, metres.
    std::vector<float> expression;                                 ///< The avatar's coefficients.
};

/// Reads a clip at any rate: rotations go by the shorter arc at even speed, the rest linearly.
/// Frames of the clip itself are given as they are. Relaxed hands are added and the face is the
/// avatar's, as in the viewport. Not thread-safe; keeps the clip.
class ClipSampler {
public:
    /// `range` must lie in the clip and not be empty; `rate` is that of the samples.
    ClipSampler(const io::Avatar& avatar, avatar::ExpressionMapper::Sources sources,
                FrameRange range, FrameRate rate);

    /// Samples from the range's first frame to its last: one more than fit between the two.
    [[nodiscard]] std::int64_t count() const { return count_; }
    /// The reference is overwritten by the next call. 0 <= index < count().
    [[nodiscard]] const SampledPose& at(std::int64_t index);
    /// What drives the face, for people; empty when the clip does.
    [[nodiscard]] std::string note() const { return mapper_.note(); }

private:
    void readFrame(std::int64_t frame, SampledPose& pose) const;

    avatar::ExpressionMapper mapper_;
    std::shared_ptr<const motion::Clip> clip_;
    std::array<float, motion::kPoseSize> handMeans_{};
    FrameRange range_;
    double framesPerSample_;
    std::int64_t count_;
    // The two frames of the clip around the last sample, and where the first is.
    std::int64_t loaded_ = -1;
    SampledPose before_;
    SampledPose after_;
    SampledPose between_;
};

} // namespace gesture::interchange
