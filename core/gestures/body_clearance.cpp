// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/body_clearance.h"

#include "core/motion/average_skeleton.h"
#include "core/motion/skeleton.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace gesture::gestures {

namespace {

using Eigen::Vector3f;
using motion::SkeletonPose;

/// A piece of the body in the T-pose, that moves with a joint. Metres.
struct Capsule {
    int joint;
    Vector3f from;
    Vector3f to;
    float radius;
};

constexpr int kSpine1 = 3;
constexpr int kSpine2 = 6;
constexpr int kSpine3 = 9;

// Cross-sections of the free avatar, as wide and as deep as its suit.
const std::array<Capsule, 13> kBody = {{
    {motion::kPelvis, {-0.072F, -0.45F, 0.022F}, {0.072F, -0.45F, 0.022F}, 0.109F},
    {motion::kPelvis, {-0.040F, -0.36F, 0.028F}, {0.040F, -0.36F, 0.028F}, 0.120F},
    {kSpine1, {-0.046F, -0.26F, 0.053F}, {0.046F, -0.26F, 0.053F}, 0.101F},
    {kSpine2, {-0.039F, -0.16F, 0.054F}, {0.039F, -0.16F, 0.054F}, 0.103F},
    {kSpine3, {-0.052F, -0.07F, 0.046F}, {0.052F, -0.07F, 0.046F}, 0.117F},
    {kSpine3, {-0.055F, 0.01F, 0.036F}, {0.055F, 0.01F, 0.036F}, 0.115F},
    {kSpine3, {-0.075F, 0.08F, 0.020F}, {0.075F, 0.08F, 0.020F}, 0.088F},
    {motion::kNeck, {0.0F, 0.15F, 0.010F}, {0.0F, 0.24F, 0.030F}, 0.060F},
    {motion::kHead, {0.0F, 0.26F, 0.065F}, {0.0F, 0.29F, 0.050F}, 0.080F},
    {motion::kHead, {0.0F, 0.32F, 0.045F}, {0.0F, 0.37F, 0.030F}, 0.090F},
    {motion::kHead, {0.0F, 0.30F, 0.130F}, {0.0F, 0.32F, 0.120F}, 0.022F},
    {1, {0.090F, -0.49F, 0.030F}, {0.122F, -0.78F, 0.010F}, 0.088F},
    {2, {-0.090F, -0.49F, 0.030F}, {-0.122F, -0.78F, 0.010F}, 0.088F},
}};
constexpr std::size_t kTrunkPieces = 7;

/// A place on the arm that must stay outside: `share` of it moves when the wrist does.
struct Probe {
    Vector3f place;
    float radius;
    float share;
};
constexpr std::size_t kHandJoints = 15;
constexpr std::size_t kProbes = 3 + 1 + kHandJoints;

struct ArmJoints {
    std::size_t elbow;
    std::size_t wrist;
    std::size_t hand;
};

ArmJoints jointsOf(Side side) {
    if (side == Side::Left)
        return {motion::kLeftElbow, motion::kLeftWrist, motion::kFirstLeftHandJoint};
    return {motion::kRightElbow, motion::kRightWrist, motion::kFirstRightHandJoint};
}

Vector3f restAt(int joint) {
    const auto first = 3 * static_cast<std::size_t>(joint);
    const auto joints = motion::averageRestJoints();
    return {joints[first], joints[first + 1], joints[first + 2]};
}

std::array<Probe, kProbes> probesOf(const SkeletonPose& pose, Side side) {
    const ArmJoints joints = jointsOf(side);
    const Vector3f& elbow = pose.positions[joints.elbow];
    const Vector3f& wrist = pose.positions[joints.wrist];
    std::array<Probe, kProbes> probes;
    probes[0] = {elbow + 0.4F * (wrist - elbow), 0.036F, 0.4F};
    probes[1] = {elbow + 0.7F * (wrist - elbow), 0.032F, 0.7F};
    probes[2] = {wrist, 0.026F, 1.0F};
    Vector3f knuckles = Vector3f::Zero();
    constexpr std::size_t kThumb = 12;
    for (std::size_t i = 0; i < kThumb; i += 3)
        knuckles += 0.25F * pose.positions[joints.hand + i];
    probes[3] = {0.5F * (wrist + knuckles), 0.022F, 1.0F};
    for (std::size_t i = 0; i < kHandJoints; ++i)
        probes[4 + i] = {pose.positions[joints.hand + i], 0.011F, 1.0F};
    return probes;
}

/// A capsule where the pose has it.
struct PlacedCapsule {
    Vector3f from;
    Vector3f way;
    float radius;

    PlacedCapsule(const Capsule& capsule, const SkeletonPose& pose)
        : radius(capsule.radius) {
        const auto joint = static_cast<std::size_t>(capsule.joint);
        const Vector3f origin = restAt(capsule.joint);
        from = pose.positions[joint] + pose.worldFromJoint[joint] * (capsule.from - origin);
        way = pose.worldFromJoint[joint] * (capsule.to - capsule.from);
    }

    /// From the nearest point of the axis to `place`.
    [[nodiscard]] Vector3f awayTo(const Vector3f& place) const {
        const float share = std::clamp((place - from).dot(way) / way.squaredNorm(), 0.0F, 1.0F);
        return place - from - share * way;
    }
};

using PlacedBody = std::array<PlacedCapsule, kBody.size()>;

template <std::size_t... I>
PlacedBody placed(const SkeletonPose& pose, std::index_sequence<I...>) {
    return {PlacedCapsule(kBody[I], pose)...};
}

ArmClearance armClearance(const PlacedBody& body, const SkeletonPose& pose, Side side) {
    ArmClearance result;
    result.hand = result.elbow = std::numeric_limits<float>::max();
    for (const Probe& probe : probesOf(pose, side)) {
        for (const PlacedCapsule& capsule : body) {
            const Vector3f away = capsule.awayTo(probe.place);
            const float distance = away.norm() - capsule.radius - probe.radius;
            if (distance >= result.hand) continue;
            result.hand = distance;
            if (distance < 0.0F) result.push = away.normalized() * (-distance / probe.share);
        }
    }
    constexpr float kElbowRadius = 0.036F;
    const Vector3f& elbow = pose.positions[jointsOf(side).elbow];
    for (std::size_t i = 0; i < kTrunkPieces; ++i) {
        const float distance = body[i].awayTo(elbow).norm() - body[i].radius - kElbowRadius;
        result.elbow = std::min(result.elbow, distance);
    }
    return result;
}

void compareHands(const SkeletonPose& pose, BodyClearance& result) {
    const auto left = probesOf(pose, Side::Left);
    const auto right = probesOf(pose, Side::Right);
    result.betweenHands = std::numeric_limits<float>::max();
    for (const Probe& a : left) {
        for (const Probe& b : right) {
            const Vector3f away = a.place - b.place;
            const float distance = away.norm() - a.radius - b.radius;
            if (distance >= result.betweenHands) continue;
            result.betweenHands = distance;
            if (distance < 0.0F) result.apart = away.stableNormalized() * (-0.5F * distance);
        }
    }
}

} // namespace

BodyClearance bodyClearance(const SkeletonPose& pose) {
    const PlacedBody body = placed(pose, std::make_index_sequence<kBody.size()>{});
    BodyClearance result;
    for (const Side side : {Side::Left, Side::Right})
        result.arms[static_cast<std::size_t>(side)] = armClearance(body, pose, side);
    compareHands(pose, result);
    return result;
}

} // namespace gesture::gestures
