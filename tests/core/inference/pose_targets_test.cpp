// SPDX-License-Identifier: Apache-2.0
#include "core/inference/pose_targets.h"

#include "core/inference/finish_motion.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/forward_kinematics.h"
#include "core/motion/procedural_clip.h"
#include "core/motion/rotation_blend.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace gesture::inference {
namespace {

using Eigen::Vector3f;
using motion::kPoseSize;

MotionFrames greeting() {
    const motion::Clip clip = motion::makeGreetingClip();
    MotionFrames motion;
    motion.poses.assign(clip.poses().begin(), clip.poses().end());
    motion.translations.assign(clip.translations().begin(), clip.translations().end());
    motion.expressions.assign(clip.expressions().begin(), clip.expressions().end());
    return motion;
}

EditMask masked(const MotionFrames& motion, FrameRange range) {
    EditMask mask(motion.count());
    mask.paint(range, kAllParts);
    return mask;
}

PinnedPose pinOf(std::int64_t frame, std::vector<std::uint8_t> joints, float value) {
    PinnedPose pin{{frame}, std::move(joints), std::vector<float>(kPoseSize, 0.0F)};
    for (std::size_t i = 0; i < kPoseSize; ++i) {
        pin.pose[i] = value * (i % 3 == 0 ? 1.0F : -0.5F);
    }
    return pin;
}

std::span<const float, 3> rotationAt(const MotionFrames& motion, std::int64_t frame, int joint) {
    return std::span<const float, 3>(&motion.poses[static_cast<std::size_t>(frame) * kPoseSize +
                                                   3 * static_cast<std::size_t>(joint)],
                                     3);
}

Vector3f jointAt(const MotionFrames& motion, std::int64_t frame, int joint) {
    const auto row = static_cast<std::size_t>(frame);
    const std::span<const float, kPoseSize> pose(&motion.poses[row * kPoseSize], kPoseSize);
    const float* const at = &motion.translations[3 * row];
    return motion::forwardKinematics(motion::localRotations(pose), motion::averageRestJoints(),
                                     {at[0], at[1], at[2]})
        .positions[static_cast<std::size_t>(joint)];
}

/// Largest turn of a joint from one frame to the next, radians.
double fastestTurn(const MotionFrames& motion, int joint) {
    double fastest = 0.0;
    for (std::int64_t frame = 0; frame + 1 < motion.count(); ++frame) {
        const auto a = motion::rotationOf(rotationAt(motion, frame, joint));
        const auto b = motion::rotationOf(rotationAt(motion, frame + 1, joint));
        fastest = std::max(fastest, a.angularDistance(b));
    }
    return fastest;
}

TEST(PoseTargets, PinnedJointsAreExactAndOthersKeepTheirBytes) {
    const MotionFrames before = greeting();
    MotionFrames motion = before;
    const std::vector<PinnedPose> pins{pinOf(60, {motion::kLeftElbow, motion::kHead}, 0.5F)};
    const EditMask mask = masked(motion, {{40}, {90}});
    const auto notes = applyPoseTargets({pins, {}, 8}, mask, motion::averageRestJoints(), motion);
    ASSERT_TRUE(notes.ok()) << notes.error().message();
    EXPECT_TRUE(notes->empty());
    for (std::int64_t frame = 0; frame < motion.count(); ++frame) {
        for (int joint = 0; joint < motion::kJointCount; ++joint) {
            const auto now = rotationAt(motion, frame, joint);
            const bool pinned = joint == motion::kLeftElbow || joint == motion::kHead;
            const bool near = frame > 51 && frame < 69;
            if (pinned && frame == 60) {
                EXPECT_EQ(now[0], 0.5F);
                EXPECT_EQ(now[1], -0.25F);
            } else if (!pinned || !near) {
                ASSERT_TRUE(std::ranges::equal(now, rotationAt(before, frame, joint)))
                    << joint << " at " << frame;
            }
        }
    }
    EXPECT_LT(fastestTurn(motion, motion::kLeftElbow), 0.4) << "no jump on the way";
}

TEST(PoseTargets, TheMaskIsNeverLeft) {
    const MotionFrames before = greeting();
    MotionFrames motion = before;
    const std::vector<PinnedPose> pins{pinOf(41, {motion::kRightElbow}, 0.5F)};
    const EditMask mask = masked(motion, {{40}, {44}});
    ASSERT_TRUE(applyPoseTargets({pins, {}, 20}, mask, motion::averageRestJoints(), motion).ok());
    for (std::int64_t frame = 0; frame < motion.count(); ++frame) {
        if (frame >= 40 && frame < 44) continue;
        ASSERT_TRUE(std::ranges::equal(rotationAt(motion, frame, motion::kRightElbow),
                                       rotationAt(before, frame, motion::kRightElbow)));
    }
    EXPECT_EQ(rotationAt(motion, 41, motion::kRightElbow)[0], 0.5F);
}

TEST(PoseTargets, NeighbouringPinsAreBothExact) {
    MotionFrames motion = greeting();
    const std::vector<PinnedPose> pins{pinOf(50, {motion::kLeftShoulder}, 0.5F),
                                       pinOf(53, {motion::kLeftShoulder}, -0.2F),
                                       pinOf(54, {motion::kLeftShoulder}, -0.3F)};
    const EditMask mask = masked(motion, {{0}, {motion.count()}});
    ASSERT_TRUE(applyPoseTargets({pins, {}, 12}, mask, motion::averageRestJoints(), motion).ok());
    EXPECT_EQ(rotationAt(motion, 50, motion::kLeftShoulder)[0], 0.5F);
    EXPECT_EQ(rotationAt(motion, 53, motion::kLeftShoulder)[0], -0.2F);
    EXPECT_EQ(rotationAt(motion, 54, motion::kLeftShoulder)[0], -0.3F);
}

TEST(PoseTargets, HandsComeWithinACentimetreAndLeaveTheRest) {
    const MotionFrames before = greeting();
    MotionFrames motion = before;
    std::vector<HandTarget> hands;
    for (const int wrist : {motion::kLeftWrist, motion::kRightWrist}) {
        for (const std::int64_t frame : {30, 75, 120}) {
            const Vector3f shoulder = jointAt(motion, frame, wrist - 4);
            const float side = wrist == motion::kLeftWrist ? 0.15F : -0.15F;
            hands.push_back(
                {{frame}, wrist, {shoulder.x() + side, shoulder.y() - 0.1F, shoulder.z() + 0.3F}});
        }
    }
    const EditMask mask = masked(motion, {{10}, {150}});
    const auto notes = applyPoseTargets({{}, hands, 10}, mask, motion::averageRestJoints(), motion);
    ASSERT_TRUE(notes.ok()) << notes.error().message();
    EXPECT_TRUE(notes->empty());
    for (const HandTarget& hand : hands) {
        const Vector3f wanted(hand.position[0], hand.position[1], hand.position[2]);
        EXPECT_LT((jointAt(motion, hand.frame.value, hand.wrist) - wanted).norm(), 0.01F);
    }
    for (std::int64_t frame = 0; frame + 1 < motion.count(); ++frame) {
        const Vector3f step = jointAt(motion, frame + 1, motion::kLeftWrist) -
                              jointAt(motion, frame, motion::kLeftWrist);
        EXPECT_LT(step.norm(), 0.2F) << frame;
    }
    EXPECT_TRUE(std::ranges::equal(rotationAt(motion, 75, motion::kLeftWrist),
                                   rotationAt(before, 75, motion::kLeftWrist)));
    EXPECT_EQ(motion.translations, before.translations);
}

TEST(PoseTargets, PinsHoldBesideHands) {
    MotionFrames motion = greeting();
    const std::vector<PinnedPose> pins{
        pinOf(70, {motion::kLeftShoulder, motion::kLeftElbow}, 0.3F)};
    const Vector3f shoulder = jointAt(motion, 75, motion::kLeftShoulder);
    const std::vector<HandTarget> hands{
        {{75}, motion::kLeftWrist, {shoulder.x() + 0.2F, shoulder.y(), shoulder.z() + 0.25F}}};
    const EditMask mask = masked(motion, {{0}, {motion.count()}});
    ASSERT_TRUE(
        applyPoseTargets({pins, hands, 10}, mask, motion::averageRestJoints(), motion).ok());
    EXPECT_EQ(rotationAt(motion, 70, motion::kLeftElbow)[0], 0.3F);
    const Vector3f wanted(hands[0].position[0], hands[0].position[1], hands[0].position[2]);
    EXPECT_LT((jointAt(motion, 75, motion::kLeftWrist) - wanted).norm(), 0.01F);
}

TEST(PoseTargets, HandsOutOfReachAreNoted) {
    MotionFrames motion = greeting();
    const std::vector<HandTarget> hands{{{60}, motion::kRightWrist, {0.0F, 5.0F, 0.0F}}};
    const EditMask mask = masked(motion, {{0}, {motion.count()}});
    const auto notes = applyPoseTargets({{}, hands, 6}, mask, motion::averageRestJoints(), motion);
    ASSERT_TRUE(notes.ok());
    ASSERT_EQ(notes->size(), 1U);
    EXPECT_NE((*notes)[0].text.find("The right hand does not reach its target at 2.00 s"),
              std::string::npos);
}

TEST(PoseTargets, TargetsThatCannotBeAreRefusedAndChangeNothing) {
    const MotionFrames before = greeting();
    MotionFrames motion = before;
    const EditMask mask = masked(motion, {{40}, {60}});
    const auto faultOf = [&](std::vector<PinnedPose> pins, std::vector<HandTarget> hands) {
        const auto result =
            applyPoseTargets({pins, hands, 6}, mask, motion::averageRestJoints(), motion);
        EXPECT_FALSE(result.ok());
        EXPECT_EQ(motion, before);
        return result.ok() ? std::string{} : result.error().message();
    };
    EXPECT_EQ(faultOf({pinOf(20, {motion::kHead}, 0.1F)}, {}),
              "The pin of 'head' at 0.67 s lies where the upper is not masked. Mask that frame, or "
              "remove the target.");
    EXPECT_FALSE(faultOf({pinOf(-1, {motion::kHead}, 0.1F)}, {}).empty());
    EXPECT_FALSE(faultOf({pinOf(1'000'000, {motion::kHead}, 0.1F)}, {}).empty());
    EXPECT_FALSE(faultOf({pinOf(50, {55}, 0.1F)}, {}).empty());
    EXPECT_FALSE(faultOf({pinOf(50, {3}, std::numeric_limits<float>::infinity())}, {}).empty());
    EXPECT_FALSE(faultOf({{{50}, {3}, {1.0F}}}, {}).empty());
    EXPECT_FALSE(faultOf({}, {{{50}, motion::kHead, {0.0F, 0.0F, 0.0F}}}).empty());
    EXPECT_FALSE(faultOf({}, {{{50}, motion::kLeftWrist, {std::nanf(""), 0.0F, 0.0F}}}).empty());
    EXPECT_FALSE(faultOf({}, {{{10}, motion::kLeftWrist, {0.0F, 0.0F, 0.0F}}}).empty());
}

} // namespace
} // namespace gesture::inference
