// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/motion/body_model.h"
#include "core/motion/clip.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gesture::metrics {

/// Which of the body's inputs count: the evaluators call it in different ways.
enum class JointCall : std::uint8_t {
    Trainer,   ///< Without translation and expression (BC and DIV of the trainers).
    EvalTools, ///< Besides without the pelvis's rotation, jaw and eyes.
    World,     ///< Everything; expressions only where body and clip have SMPL-X's.
};

/// Positions (frames, 55, 3) in metres of the first `frames` frames. `body` is null where no body
/// is at hand: then the joints of an average adult are turned. Cancelled.
[[nodiscard]] Result<std::vector<float>> jointPositions(const motion::ShapedBody* body,
                                                        const motion::Clip& clip,
                                                        std::int64_t frames, JointCall call,
                                                        JobControl& control);

/// Speeds (frames, 55), metres a second: central differences, one-sided at both ends, in float32 as
/// the originals take them. Zeros for fewer than two frames.
[[nodiscard]] std::vector<float> jointSpeeds(std::span<const float> positions, FrameRate rate);

/// The mean speed of each joint (55) over all frames of clips; what BC divides speeds by
/// (`mean_vel_smplxflame_30.npy`). One thread.
class MeanJointSpeeds {
public:
    /// `speeds` is (frames, 55).
    void add(std::span<const float> speeds);
    /// Zeros before the first frame.
    [[nodiscard]] std::vector<float> result() const;

private:
    std::vector<double> sums_ = std::vector<double>(motion::kJointCount);
    std::int64_t frames_ = 0;
};

/// The clip's first `frames` frames, its rotations by way of 6-D rotations and back in the formulas
/// of the originals, which lose angles below about 2e-4 radians.
[[nodiscard]] Result<motion::Clip> throughRotation6d(const motion::Clip& clip, std::int64_t frames);

} // namespace gesture::metrics
