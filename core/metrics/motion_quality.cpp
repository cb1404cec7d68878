// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/motion_quality.h"

#include "core/base/assert.h"
#include "core/motion/skeleton.h"

#include <Eigen/Core>
#include <array>
#include <cmath>
#include <vector>

namespace gesture::metrics {

namespace {

using motion::kPoseSize;
using Curve = Eigen::Matrix<double, Eigen::Dynamic, 3>;

constexpr int kSpine3 = 9;
constexpr std::size_t kContacts = 4;

/// (frames, 3) of a joint.
Curve curveOf(std::span<const float> positions, int joint) {
    const auto frames = static_cast<Eigen::Index>(positions.size() / kPoseSize);
    Curve curve(frames, 3);
    for (Eigen::Index frame = 0; frame < frames; ++frame)
        for (Eigen::Index axis = 0; axis < 3; ++axis)
            curve(frame, axis) = static_cast<double>(
                positions[static_cast<std::size_t>(frame * kPoseSize + 3 * joint + axis)]);
    return curve;
}

/// Differences of differences, `order` times.
Curve differences(Curve curve, int order) {
    for (int i = 0; i < order && curve.rows() > 0; ++i) {
        const Eigen::Index rows = curve.rows() - 1;
        curve = (curve.bottomRows(rows) - curve.topRows(rows)).eval();
    }
    return curve;
}

double meanLength(const Curve& curve) {
    return curve.rows() == 0 ? 0.0 : curve.rowwise().norm().mean();
}

} // namespace

Jitter jitterOf(std::span<const float> positions, FrameRate rate) {
    GESTURE_ASSERT(positions.size() % kPoseSize == 0);
    const double perSecond = rate.perSecond();
    const Curve spine = curveOf(positions, kSpine3);
    Jitter jitter;
    for (const int wrist : {motion::kLeftWrist, motion::kRightWrist}) {
        const Curve relative = curveOf(positions, wrist) - spine;
        jitter.wristAcceleration +=
            meanLength(differences(relative, 2)) * std::pow(perSecond, 2) / 2;
        jitter.wristJerk += meanLength(differences(relative, 3)) * std::pow(perSecond, 3) / 2;
    }
    jitter.headSpeed = meanLength(differences(curveOf(positions, motion::kHead), 1)) * perSecond;
    return jitter;
}

FootSlide footSlide(std::span<const float> positions, std::span<const float> contacts,
                    FrameRate rate) {
    GESTURE_ASSERT(positions.size() / kPoseSize == contacts.size() / kContacts);
    constexpr std::array<int, 2> kAnkles = {motion::kLeftAnkle, motion::kRightAnkle};
    FootSlide slide;
    double metres = 0.0;
    for (std::size_t ankle = 0; ankle < kAnkles.size(); ++ankle) {
        const Curve steps = differences(curveOf(positions, kAnkles[ankle]), 1);
        for (Eigen::Index frame = 0; frame < steps.rows(); ++frame) {
            if (!(contacts[static_cast<std::size_t>(frame) * kContacts + ankle] > 0.5F)) continue;
            metres += std::hypot(steps(frame, 0), steps(frame, 2));
            ++slide.standing;
        }
    }
    if (slide.standing > 0)
        slide.centimetresPerSecond =
            100.0 * rate.perSecond() * metres / static_cast<double>(slide.standing);
    return slide;
}

} // namespace gesture::metrics
