// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/legs.h"

#include "core/gestures/bell_filter.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/limb_ik.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::gestures {

namespace {

using Eigen::Matrix3f;
using Eigen::Vector3f;

constexpr float kRadians = std::numbers::pi_v<float> / 180.0F;
constexpr double kLeastKneeBend = 6.0 * std::numbers::pi / 180.0;
constexpr double kDropPerShift = 0.10; ///< The pelvis sinks as it goes to the side.
constexpr float kRollPerMetre = -1.0F; ///< radians
constexpr float kYawPerMetre = 1.2F;
constexpr int kHips = 1; ///< Joints of the left leg; the right one's follow.
constexpr int kKnees = 4;

Vector3f restAt(std::span<const float, motion::kPoseSize> joints, int joint) {
    const auto first = 3 * static_cast<std::size_t>(joint);
    return {joints[first], joints[first + 1], joints[first + 2]};
}

Vector3f rotationVector(const Matrix3f& rotation) {
    const Eigen::AngleAxisf turn(rotation);
    return turn.angle() * turn.axis();
}

Matrix3f matrixOf(const Vector3f& rotation) {
    return Eigen::AngleAxisf(rotation.norm(), rotation.stableNormalized()).toRotationMatrix();
}

/// One of the legs, with the joints' places in the T-pose.
struct Leg {
    Vector3f pelvis;
    motion::RestLimb limb;
    float soleHeight;
    float outwards; ///< 1 on the left side.

    Leg(std::span<const float, motion::kPoseSize> joints, int side)
        : pelvis(restAt(joints, motion::kPelvis))
        , limb{restAt(joints, kHips + side), restAt(joints, kKnees + side),
               restAt(joints, motion::kLeftAnkle + side), -Vector3f::UnitZ()}
        , soleHeight(motion::kAverageSoleHeight)
        , outwards(side == 0 ? 1.0F : -1.0F) {}

    [[nodiscard]] Vector3f ankleAt(const Eigen::Vector3d& offset) const {
        return limb.end - soleHeight * Vector3f::UnitY() + offset.cast<float>();
    }

    /// How long the leg is when the knee keeps its least bend, metres.
    [[nodiscard]] double reach() const {
        const double thigh = (limb.middle - limb.root).norm();
        const double shank = (limb.end - limb.middle).norm();
        return std::sqrt(thigh * thigh + shank * shank +
                         2.0 * thigh * shank * std::cos(kLeastKneeBend));
    }

    /// How high the pelvis may be for the ankle to be reached, metres above its T-pose.
    [[nodiscard]] double highest(const Vector3f& across, const Matrix3f& turn,
                                 const Vector3f& ankle) const {
        const Vector3f hip = pelvis + across + turn * (limb.root - pelvis);
        const double sideways = ankle.x() - hip.x();
        const double forwards = ankle.z() - hip.z();
        const double flat = sideways * sideways + forwards * forwards;
        return ankle.y() + std::sqrt(std::max(0.01, reach() * reach() - flat)) - hip.y();
    }
};

/// The least of the values around each, smoothed: never above the values themselves.
std::vector<double> smoothFloor(const std::vector<double>& values) {
    constexpr std::ptrdiff_t kAround = 20; // frames; the bell below ends there
    const auto count = static_cast<std::ptrdiff_t>(values.size());
    std::vector<double> lowest(values.size());
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        const auto begin = values.begin() + std::max<std::ptrdiff_t>(0, i - kAround);
        const auto end = values.begin() + std::min(count, i + kAround + 1);
        lowest[static_cast<std::size_t>(i)] = *std::min_element(begin, end);
    }
    return bellFiltered(lowest, 5.0);
}

Vector3f pelvisRotation(const StancePose& stance) {
    const double centre = 0.5 * (stance.feet[0].x() + stance.feet[1].x());
    const auto aside = static_cast<float>(stance.shift - centre);
    return {0.0F, kYawPerMetre * aside, kRollPerMetre * aside};
}

Vector3f across(const StancePose& stance) {
    return {static_cast<float>(stance.shift), 0.0F, static_cast<float>(stance.forward)};
}

void poseLeg(const Leg& leg, int side, const StancePose& stance, LegPose& pose) {
    const auto index = static_cast<std::size_t>(side);
    const Matrix3f turn = matrixOf(pose.pelvis);
    const Vector3f ankle = leg.ankleAt(stance.feet[index]);
    const Vector3f target = turn.transpose() * (ankle - leg.pelvis - pose.translation) + leg.pelvis;
    const motion::LimbRotations limb =
        motion::solveLimb(leg.limb, target, {0.12F * leg.outwards, 0.0F, 1.0F});
    pose.hip[index] = rotationVector(limb.root);
    pose.knee[index] = rotationVector(limb.middle);
    // A foot in the air lets its toes hang.
    const auto lift = static_cast<float>(stance.feet[index].y());
    const Matrix3f foot = matrixOf(Vector3f(240.0F * kRadians * lift, 0.0F, 0.0F));
    pose.ankle[index] = rotationVector((turn * limb.root * limb.middle).transpose() * foot);
}

} // namespace

std::vector<LegPose> solveLegs(std::span<const StancePose> stances,
                               std::span<const float, motion::kPoseSize> restJoints) {
    const std::array<Leg, 2> legs = {Leg(restJoints, 0), Leg(restJoints, 1)};
    std::vector<double> heights;
    std::vector<LegPose> poses(stances.size());
    for (std::size_t i = 0; i < stances.size(); ++i) {
        const StancePose& stance = stances[i];
        poses[i].pelvis = pelvisRotation(stance);
        const Matrix3f turn = matrixOf(poses[i].pelvis);
        double highest = -legs[0].soleHeight;
        for (std::size_t side = 0; side < legs.size(); ++side)
            highest = std::min(highest, legs[side].highest(across(stance), turn,
                                                           legs[side].ankleAt(stance.feet[side])));
        const double centre = 0.5 * (stance.feet[0].x() + stance.feet[1].x());
        heights.push_back(highest - kDropPerShift * std::abs(stance.shift - centre));
    }
    heights = smoothFloor(heights);
    for (std::size_t i = 0; i < stances.size(); ++i) {
        poses[i].translation = across(stances[i]);
        poses[i].translation.y() = static_cast<float>(heights[i]);
        for (int side = 0; side < 2; ++side)
            poseLeg(legs[static_cast<std::size_t>(side)], side, stances[i], poses[i]);
    }
    return poses;
}

} // namespace gesture::gestures
