// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/arm_clearing.h"

#include "core/gestures/bell_filter.h"
#include "core/gestures/body_clearance.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

namespace gesture::gestures {

namespace {

using Eigen::Vector3d;
using Eigen::Vector3f;

constexpr int kRounds = 6;
constexpr float kSpare = 0.003F;          ///< Metres that hands keep from the body.
constexpr double kSwivelPerMetre = 250.0; ///< Degrees that elbows lift for each metre inside.
constexpr std::ptrdiff_t kAround = 6;     ///< Frames that a push reaches in full to both sides …
constexpr double kFade = 2.0;             ///< … and the bell that ends it, frames.
constexpr int kSpine3 = 9;

/// What is to change in an arm's controls, frame by frame: wrist (arm lengths) and elbow (degrees).
struct Pushes {
    std::vector<Vector3d> wrist;
    std::vector<double> swivel;
    bool any = false;

    explicit Pushes(std::size_t frames)
        : wrist(frames, Vector3d::Zero())
        , swivel(frames, 0.0) {}
};

/// World metres as the arm's controls count them.
Vector3d controlsOfWorld(const Vector3f& metres, const motion::SkeletonPose& pose, Side side) {
    const Vector3f spine = pose.worldFromJoint[kSpine3].transpose() * metres;
    const float mirror = side == Side::Left ? 1.0F : -1.0F;
    return Vector3f(mirror * spine.x(), spine.y(), spine.z()).cast<double>() /
           averageArm().length();
}

void judgeFrame(const PoseWriter& writer, std::size_t frame, std::array<Pushes, 2>& pushes) {
    const motion::SkeletonPose pose = writer.skeletonAt(frame);
    const BodyClearance clearance = bodyClearance(pose);
    for (const Side side : {Side::Left, Side::Right}) {
        const auto s = static_cast<std::size_t>(side);
        const ArmClearance& arm = clearance.arms[s];
        Vector3f push = arm.push;
        if (arm.hand < 0.0F) push += kSpare * push.normalized();
        if (clearance.betweenHands < 0.0F)
            push += (side == Side::Left ? 1.0F : -1.0F) *
                    (clearance.apart + kSpare * clearance.apart.normalized());
        if (arm.elbow < 0.0F)
            pushes[s].swivel[frame] = kSwivelPerMetre * static_cast<double>(kSpare - arm.elbow);
        if (!push.isZero()) pushes[s].wrist[frame] = controlsOfWorld(push, pose, side);
        pushes[s].any = pushes[s].any || !push.isZero() || arm.elbow < 0.0F;
    }
}

/// The largest of the values around each, by magnitude.
template <typename Value, typename Magnitude>
std::vector<Value> spread(const std::vector<Value>& values, Magnitude magnitude) {
    std::vector<Value> result(values.size());
    const auto count = static_cast<std::ptrdiff_t>(values.size());
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        const auto begin = values.begin() + std::max<std::ptrdiff_t>(0, i - kAround);
        const auto end = values.begin() + std::min(count, i + kAround + 1);
        result[static_cast<std::size_t>(i)] =
            *std::max_element(begin, end, [&](const Value& a, const Value& b) {
                return magnitude(a) < magnitude(b);
            });
    }
    return result;
}

void pushArm(const Pushes& pushes, std::vector<ArmVector>& controls) {
    const auto wrist = spread(pushes.wrist, [](const Vector3d& push) { return push.norm(); });
    const auto swivel =
        bellFiltered(spread(pushes.swivel, [](double degrees) { return degrees; }), kFade);
    std::array<std::vector<double>, 3> axes;
    for (int axis = 0; axis < 3; ++axis) {
        auto& values = axes[static_cast<std::size_t>(axis)];
        for (const Vector3d& push : wrist)
            values.push_back(push[axis]);
        values = bellFiltered(values, kFade);
    }
    for (std::size_t i = 0; i < controls.size(); ++i) {
        controls[i].segment<3>(kWristPlace) += Vector3d(axes[0][i], axes[1][i], axes[2][i]);
        controls[i][kSwivelPlace] += swivel[i];
    }
}

} // namespace

Status clearArms(ArmControls& arms, std::span<const TrunkPose> trunk, PoseWriter& writer,
                 JobControl& control) {
    std::vector<double> shrug;
    for (const TrunkPose& pose : trunk)
        shrug.push_back(pose.shrug);
    const ArmBones bones = averageArm();
    for (int round = 0;; ++round) {
        if (control.stopRequested()) return JobControl::cancelled("Making gestures");
        for (const Side side : {Side::Left, Side::Right}) {
            const auto& controls = arms[static_cast<std::size_t>(side)];
            writer.setArm(side, solveArm(controls, bones, shrug), controls);
        }
        if (round == kRounds) return Status::success();
        std::array<Pushes, 2> pushes = {Pushes(writer.frames()), Pushes(writer.frames())};
        for (std::size_t frame = 0; frame < writer.frames(); ++frame)
            judgeFrame(writer, frame, pushes);
        if (!pushes[0].any && !pushes[1].any) return Status::success();
        for (std::size_t side = 0; side < pushes.size(); ++side)
            pushArm(pushes[side], arms[side]);
    }
}

} // namespace gesture::gestures
