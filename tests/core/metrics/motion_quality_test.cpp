// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/motion_quality.h"

#include "core/metrics/joint_positions.h"
#include "core/motion/foot_contact.h"
#include "core/motion/skeleton.h"

#include <gtest/gtest.h>
#include <vector>

namespace gesture::metrics {
namespace {

using motion::kPoseSize;

constexpr FrameRate kRate{30, 1};
constexpr std::size_t kFrames = 10;
constexpr double kTolerance = 1e-3; // of float32 positions times 30^3

/// Positions of one joint along x, all others at the origin.
template <typename Curve>
void move(std::vector<float>& positions, int joint, std::size_t axis, const Curve& curve) {
    for (std::size_t frame = 0; frame < kFrames; ++frame)
        positions[frame * kPoseSize + 3 * static_cast<std::size_t>(joint) + axis] =
            curve(static_cast<float>(frame) / 30.0F);
}

TEST(Jitter, OfACubicIsItsDerivatives) {
    std::vector<float> positions(kFrames * kPoseSize);
    // 6 m/s^3 at one wrist, nothing at the other.
    move(positions, motion::kLeftWrist, 0, [](float t) { return t * t * t; });
    move(positions, motion::kHead, 2, [](float t) { return 0.5F * t; });
    const Jitter jitter = jitterOf(positions, kRate);
    EXPECT_NEAR(jitter.wristJerk, 3.0, 0.01);
    EXPECT_NEAR(jitter.headSpeed, 0.5, kTolerance);
    // 6 t at the frames in the middle of three: 1/30 … 8/30 s, halved by the other wrist.
    EXPECT_NEAR(jitter.wristAcceleration, 0.45, kTolerance);
}

TEST(Jitter, FewFramesHaveNone) {
    const std::vector<float> one(kPoseSize, 1.0F);
    const Jitter jitter = jitterOf(one, kRate);
    EXPECT_EQ(jitter.wristAcceleration, 0.0);
    EXPECT_EQ(jitter.headSpeed, 0.0);
}

TEST(FootSlide, CountsHorizontalMovementOfStandingAnkles) {
    std::vector<float> positions(kFrames * kPoseSize);
    move(positions, motion::kLeftAnkle, 0, [](float t) { return 0.06F * t; }); // 6 cm/s
    move(positions, motion::kLeftAnkle, 1, [](float t) { return 0.1F * t; });  // up: no slide
    move(positions, motion::kRightAnkle, 2, [](float t) { return 3.0F * t; }); // steps
    const FootSlide slide = footSlide(positions, motion::footContacts(positions), kRate);
    EXPECT_NEAR(slide.centimetresPerSecond, 6.0, kTolerance);
    EXPECT_EQ(slide.standing, static_cast<std::int64_t>(kFrames) - 1);
}

TEST(FootSlide, OfFeetThatNeverStandIsNothing) {
    std::vector<float> positions(kFrames * kPoseSize);
    for (const int ankle : {motion::kLeftAnkle, motion::kRightAnkle})
        move(positions, ankle, 0, [](float t) { return 3.0F * t; });
    const FootSlide slide = footSlide(positions, motion::footContacts(positions), kRate);
    EXPECT_EQ(slide.centimetresPerSecond, 0.0);
    EXPECT_EQ(slide.standing, 0);
}

TEST(JointSpeeds, AreOneSidedAtTheEndsAndCentralInside) {
    std::vector<float> positions(kFrames * kPoseSize);
    move(positions, 3, 0, [](float t) { return t * t; });
    const auto speeds = jointSpeeds(positions, kRate);
    const auto at = [&](std::size_t frame) { return speeds[frame * motion::kJointCount + 3]; };
    EXPECT_NEAR(at(0), 1.0 / 30, kTolerance);
    EXPECT_NEAR(at(4), 2.0 * 4 / 30, kTolerance);
    EXPECT_NEAR(at(9), (81.0 - 64.0) / 30, kTolerance);
    MeanJointSpeeds mean;
    EXPECT_EQ(mean.result(), std::vector<float>(motion::kJointCount));
    mean.add(speeds);
    mean.add(speeds);
    EXPECT_NEAR(mean.result()[3], (1.0 + 2.0 * 36 + 17.0) / 30 / 10, kTolerance);
}

} // namespace
} // namespace gesture::metrics
