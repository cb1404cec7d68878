// SPDX-License-Identifier: Apache-2.0
#include "core/motion/smoothing.h"

#include "core/motion/low_pass.h"
#include "core/motion/rotation_blend.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace gesture::motion {

namespace {

std::span<float, 3> jointAt(std::span<float> poses, std::size_t frame, int joint) {
    return std::span<float, 3>(&poses[frame * kPoseSize + 3 * static_cast<std::size_t>(joint)], 3);
}

/// Rotations of one joint, of which every one is looked at from every other.
class JointCurve {
public:
    JointCurve(std::span<float> poses, std::size_t frames, int joint) {
        rotations_.reserve(frames);
        for (std::size_t frame = 0; frame < frames; ++frame) {
            rotations_.push_back(rotationOf(jointAt(poses, frame, joint)));
        }
    }

    [[nodiscard]] Eigen::Quaterniond smoothed(std::size_t frame,
                                              std::span<const double> weights) const {
        Eigen::Vector3d sum = Eigen::Vector3d::Zero();
        const auto here = static_cast<std::int64_t>(frame);
        for (std::size_t k = 1; k < weights.size(); ++k) {
            const auto away = static_cast<std::int64_t>(k);
            sum += weights[k] * (way(here, here - away) + way(here, here + away));
        }
        return rotations_[frame] * exponential(sum);
    }

private:
    /// The rotation from frame `here` to `there`; beyond the ends reflected through the end.
    [[nodiscard]] Eigen::Vector3d way(std::int64_t here, std::int64_t there) const {
        const std::int64_t last = static_cast<std::int64_t>(rotations_.size()) - 1;
        if (there < 0) return 2.0 * way(here, 0) - way(here, std::min(-there, last));
        if (there > last)
            return 2.0 * way(here, last) - way(here, std::max<std::int64_t>(2 * last - there, 0));
        return logarithm(rotations_[static_cast<std::size_t>(here)].conjugate() *
                         rotations_[static_cast<std::size_t>(there)]);
    }

    std::vector<Eigen::Quaterniond> rotations_;
};

void smoothJoint(std::span<float> poses, std::size_t frames, int joint, const LowPass& lowPass) {
    const JointCurve curve(poses, frames, joint);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        const auto out = jointAt(poses, frame, joint);
        storeNear(curve.smoothed(frame, lowPass.weights()), out, out);
    }
}

} // namespace

Status smoothMotion(const MotionSpans& motion, FrameRate rate, const Smoothing& smoothing,
                    JobControl& control) {
    const bool usable = std::ranges::all_of(
        smoothing.cutoffHertz, [](double hertz) { return std::isfinite(hertz) && hertz >= 0.0; });
    if (!usable)
        return Error{ErrorCode::Usage, "A cutoff of the smoothing is no frequency: give hertz, or "
                                       "0 to leave a body part as it is."};
    const auto frames = static_cast<std::size_t>(motion.frames());
    control.beginStage("Smoothing the motion", kJointCount);
    std::int64_t done = 0;
    for (std::size_t part = 0; part < kBodyPartCount; ++part) {
        if (smoothing.cutoffHertz[part] == 0.0) continue;
        const LowPass lowPass(smoothing.cutoffHertz[part], rate);
        for (const int joint : jointsOf(static_cast<BodyPart>(part))) {
            if (control.stopRequested()) return JobControl::cancelled("Smoothing the motion");
            smoothJoint(motion.poses, frames, joint, lowPass);
            control.advanceTo(++done);
        }
        if (part == static_cast<std::size_t>(BodyPart::Face))
            std::ranges::copy(lowPass(motion.expressions, kExpressionCount),
                              motion.expressions.begin());
        if (part == static_cast<std::size_t>(BodyPart::Lower))
            std::ranges::copy(lowPass(motion.translations, 3), motion.translations.begin());
    }
    return Status::success();
}

} // namespace gesture::motion
