// SPDX-License-Identifier: Apache-2.0
#include "core/motion/procedural_clip.h"

#include "core/base/rotation.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/foot_contact.h"
#include "core/motion/forward_kinematics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <numbers>

namespace gesture::motion {
namespace {

using Eigen::Vector3f;

constexpr float kDegree = std::numbers::pi_v<float> / 180.0F;
constexpr std::size_t kLeftHip = 1;
constexpr std::size_t kLeftKnee = 4;
constexpr std::size_t kBlinkLeft = 8;
constexpr std::size_t kSmileLeft = 43;

class GreetingClip : public ::testing::Test {
protected:
    GreetingClip() {
        for (FrameIndex frame{0}; frame.value < clip_.frameCount(); frame = frame + 1) {
            const auto t = clip_.translation(frame);
            poses_.push_back(forwardKinematics(localRotations(clip_.pose(frame)),
                                               averageRestJoints(), {t[0], t[1], t[2]}));
        }
    }

    [[nodiscard]] const SkeletonPose& at(double seconds) const {
        return poses_[static_cast<std::size_t>(clip_.rate().frameAt({seconds}).value)];
    }

    const Clip clip_ = makeGreetingClip();
    std::vector<SkeletonPose> poses_;
};

/// Degrees between two bones that meet in `middle`; 0 when the limb is straight.
float bend(const SkeletonPose& pose, std::size_t root, std::size_t middle, std::size_t end) {
    const Vector3f upper = (pose.positions[middle] - pose.positions[root]).normalized();
    const Vector3f lower = (pose.positions[end] - pose.positions[middle]).normalized();
    return std::acos(std::clamp(upper.dot(lower), -1.0F, 1.0F)) / kDegree;
}

Vector3f palmNormal(const SkeletonPose& pose, std::size_t wrist) {
    return pose.worldFromJoint[wrist] * -Vector3f::UnitY();
}

TEST_F(GreetingClip, IsAboutSixSecondsOfArkitMotion) {
    EXPECT_EQ(clip_.rate(), (FrameRate{30, 1}));
    EXPECT_NEAR(clip_.duration().value, 6.4, 0.01);
    EXPECT_EQ(clip_.expressionSpace(), ExpressionSpace::Arkit52);
}

TEST_F(GreetingClip, IsTheSameEachTime) {
    const Clip again = makeGreetingClip();
    EXPECT_TRUE(std::ranges::equal(clip_.poses(), again.poses()));
}

TEST_F(GreetingClip, MovesSmoothlyAcrossTheLoopToo) {
    constexpr float kMetresPerSecond = 3.5F;
    constexpr float kDegreesPerFrame = 16.0F;
    for (std::size_t f = 0; f < poses_.size(); ++f) {
        const SkeletonPose& now = poses_[f];
        const SkeletonPose& next = poses_[(f + 1) % poses_.size()];
        for (std::size_t j = 0; j < kJointCount; ++j) {
            EXPECT_LT(30.0F * (next.positions[j] - now.positions[j]).norm(), kMetresPerSecond)
                << jointNames()[j] << ", frame " << f;
            const Eigen::AngleAxisf turn(
                Eigen::Matrix3f(now.worldFromJoint[j].transpose() * next.worldFromJoint[j]));
            EXPECT_LT(turn.angle() / kDegree, kDegreesPerFrame)
                << jointNames()[j] << ", frame " << f;
        }
    }
}

TEST_F(GreetingClip, FeetStayPlantedAndFlat) {
    constexpr float kSlip = 0.001F;
    for (const SkeletonPose& pose : poses_) {
        for (const std::size_t j : {kLeftAnkle, kRightAnkle, kLeftFoot, kRightFoot}) {
            EXPECT_LT((pose.positions[j] - poses_[0].positions[j]).norm(), kSlip);
            EXPECT_TRUE(pose.worldFromJoint[j].isIdentity(1e-3F));
        }
    }
    const float sole = poses_[0].positions[kLeftAnkle].y() -
                       (averageRestJoints()[3 * kLeftAnkle + 1] - kAverageSoleHeight);
    EXPECT_NEAR(sole, 0.0F, kSlip);
}

TEST_F(GreetingClip, EveryFootContactIsOn) {
    std::vector<float> joints;
    for (const SkeletonPose& pose : poses_) {
        for (const Vector3f& position : pose.positions) {
            joints.insert(joints.end(), position.data(), position.data() + 3);
        }
    }
    EXPECT_THAT(footContacts(joints), ::testing::Each(1.0F));
}

TEST_F(GreetingClip, StandsOnItsOwnFeetWhileItShiftsItsWeight) {
    float least = 1.0F;
    float most = -1.0F;
    for (const SkeletonPose& pose : poses_) {
        least = std::min(least, pose.positions[kPelvis].x());
        most = std::max(most, pose.positions[kPelvis].x());
        EXPECT_LT(std::abs(pose.positions[kPelvis].x()), pose.positions[kLeftAnkle].x());
    }
    EXPECT_GT(most - least, 0.015F);
}

TEST_F(GreetingClip, JointsStayWithinTheirLimits) {
    for (const SkeletonPose& pose : poses_) {
        for (const std::size_t right : {0U, 1U}) {
            const float elbow =
                bend(pose, kLeftShoulder + right, kLeftElbow + right, kLeftWrist + right);
            EXPECT_GT(elbow, 5.0F);
            EXPECT_LT(elbow, 140.0F);
            const float knee = bend(pose, kLeftHip + right, kLeftKnee + right, kLeftAnkle + right);
            EXPECT_LT(knee, 30.0F);
        }
    }
    for (FrameIndex frame{0}; frame.value < clip_.frameCount(); frame = frame + 1) {
        const auto pose = clip_.pose(frame);
        for (const std::size_t j : {kNeck, kHead, kLeftWrist, kRightWrist, kLeftEye, kRightEye}) {
            const Vector3f rotation(pose[3 * j], pose[3 * j + 1], pose[3 * j + 2]);
            EXPECT_LT(rotation.norm() / kDegree, 70.0F) << jointNames()[j];
        }
    }
}

TEST_F(GreetingClip, HandsStayOutOfTheBodyAndOfEachOther) {
    constexpr float kTorso = 0.17F; // from the spine to the hand, at its narrowest
    for (const SkeletonPose& pose : poses_) {
        for (const std::size_t j : {20U, 21U, 30U, 45U}) { // wrists, middle finger tips
            const Vector3f spine = pose.positions[kPelvis];
            const Vector3f hand = pose.positions[j];
            EXPECT_GT(std::hypot(hand.x() - spine.x(), hand.z() - spine.z()), kTorso);
            EXPECT_GT((hand - pose.positions[kHead]).norm(), 0.2F);
        }
        EXPECT_GT((pose.positions[kLeftWrist] - pose.positions[kRightWrist]).norm(), 0.15F);
    }
}

TEST_F(GreetingClip, WavesThreeTimesWithTheRightHandAboveTheShoulder) {
    int turns = 0;
    for (std::size_t f = 46; f < 92; ++f) {
        const auto x = [&](std::size_t frame) { return poses_[frame].positions[kRightWrist].x(); };
        if (x(f) < x(f - 1) && x(f) <= x(f + 1)) ++turns; // farthest out, the right is -x
        if (f >= 54 && f <= 86) {
            EXPECT_GT(poses_[f].positions[kRightWrist].y(),
                      poses_[f].positions[kRightShoulder].y());
            EXPECT_GT(palmNormal(poses_[f], kRightWrist).z(), 0.6F) << f;
        }
    }
    EXPECT_EQ(turns, 3);
    EXPECT_LT(at(2.3).positions[kLeftWrist].y(), at(2.3).positions[kLeftElbow].y());
}

TEST_F(GreetingClip, OpensBothHandsWithThePalmsUp) {
    const SkeletonPose& open = at(4.6);
    EXPECT_GT(palmNormal(open, kLeftWrist).y(), 0.6F);
    EXPECT_GT(palmNormal(open, kRightWrist).y(), 0.6F);
    EXPECT_GT(open.positions[kLeftWrist].x() - open.positions[kRightWrist].x(), 0.65F);
    EXPECT_GT(open.positions[kLeftWrist].z(), 0.1F);
}

TEST_F(GreetingClip, LooksUpFirst) {
    const auto gaze = [&](double seconds) {
        return (at(seconds).worldFromJoint[kLeftEye] * Vector3f::UnitZ()).y();
    };
    EXPECT_LT(gaze(0.0), -0.15F);
    EXPECT_GT(gaze(1.1), -0.08F);
}

TEST_F(GreetingClip, FaceBlinksAndSmilesButDoesNotSpeak) {
    int blinks = 0;
    float widestSmile = 0.0F;
    for (std::int64_t f = 0; f < clip_.frameCount(); ++f) {
        const auto face = clip_.expression({f});
        for (std::size_t unit = 0; unit < face.size(); ++unit) {
            EXPECT_GE(face[unit], 0.0F);
            EXPECT_LE(face[unit], unit < 52 ? 1.0F : 0.0F) << unit;
        }
        const float before = f > 0 ? clip_.expression({f - 1})[kBlinkLeft] : 0.0F;
        if (face[kBlinkLeft] > 0.9F && before <= 0.9F) ++blinks;
        widestSmile = std::max(widestSmile, face[kSmileLeft]);
        EXPECT_EQ(clip_.pose({f})[3 * kJaw], 0.0F);
    }
    EXPECT_EQ(blinks, 4);
    EXPECT_GT(widestSmile, 0.5F);
}

} // namespace
} // namespace gesture::motion
