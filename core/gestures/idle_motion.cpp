// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/idle_motion.h"

#include "core/gestures/bell_filter.h"
#include "core/motion/keyframes.h"
#include "core/motion/limb_reach.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace gesture::gestures {

namespace {

using Eigen::Vector3f;

constexpr double kTurn = 2.0 * std::numbers::pi;
constexpr double kRadians = std::numbers::pi / 180.0;
constexpr double kReferenceRate = 30.0; ///< Smoothing below is in frames at this rate.
constexpr int kSpine3 = 9;

/// A curve of random values of deviation `size`, smoothed by a bell of `sigma` frames.
std::vector<double> wander(CounterRandom& random, std::size_t frames, double size, double sigma) {
    const auto margin = static_cast<std::size_t>(std::ceil(4.0 * sigma));
    std::vector<double> noise(frames + 2 * margin);
    constexpr double kUnitVariance = 3.4641016151377544; // of uniform numbers: sqrt(12)
    for (double& value : noise)
        value = kUnitVariance * (random.uniform() - 0.5);
    noise = bellFiltered(noise, sigma);
    const double scale = size * std::sqrt(2.0 * sigma * std::sqrt(std::numbers::pi));
    std::vector<double> curve(frames);
    for (std::size_t i = 0; i < frames; ++i)
        curve[i] = scale * noise[i + margin];
    return curve;
}

/// Sums of two wanders a axis: slow and quick.
std::array<std::vector<double>, 3> wander3(CounterRandom& random, std::size_t frames,
                                           std::array<double, 2> sizes,
                                           std::array<double, 2> sigmas) {
    std::array<std::vector<double>, 3> axes;
    for (std::vector<double>& axis : axes) {
        axis = wander(random, frames, sizes[0], sigmas[0]);
        if (sizes[1] <= 0.0) continue;
        const std::vector<double> quick = wander(random, frames, sizes[1], sigmas[1]);
        for (std::size_t i = 0; i < frames; ++i)
            axis[i] += quick[i];
    }
    return axes;
}

Vector3f at(const std::array<std::vector<double>, 3>& axes, std::size_t frame) {
    return Eigen::Vector3d(axes[0][frame], axes[1][frame], axes[2][frame]).cast<float>();
}

/// How far the lids are closed, 0..1, one a frame.
std::vector<double> blinks(CounterRandom& random, std::size_t frames, double rate) {
    std::vector<double> lids(frames, 0.0);
    const double end = static_cast<double>(frames) / rate;
    for (double t = 0.5 + 2.5 * random.uniform(); t < end; t += 1.8 + 3.2 * random.uniform()) {
        for (std::size_t i = 0; i < frames; ++i) {
            const double now = static_cast<double>(i) / rate;
            if (now < t - 0.08 || now > t + 0.13) continue;
            lids[i] = std::max(
                lids[i], static_cast<double>(motion::pulse(static_cast<float>(now),
                                                           static_cast<float>(t), 0.08F, 0.13F)));
        }
    }
    return lids;
}

/// All the curves of a clip.
struct IdleCurves {
    std::array<std::array<std::vector<double>, 3>, 2> wrists; ///< Metres, by side.
    std::array<std::vector<double>, 2> fingers;               ///< Radians of the first joints.
    std::array<std::vector<double>, 3> head;                  ///< Radians.
    std::array<std::vector<double>, 3> pelvis;                ///< Metres.
    std::vector<double> lids;
    std::vector<double> smile;
    std::array<double, 4> phases{};

    IdleCurves(CounterRandom random, std::size_t frames, double rate) {
        const double scale = rate / kReferenceRate;
        constexpr double kArm = 0.5; // metres
        constexpr double kCurl = 0.03 * 70.0 * kRadians;
        for (auto& wrist : wrists)
            wrist =
                wander3(random, frames, {0.010 * kArm, 0.0015 * kArm}, {14.0 * scale, 4.0 * scale});
        for (auto& curl : fingers)
            curl = wander(random, frames, kCurl, 12.0 * scale);
        head =
            wander3(random, frames, {2.6 * kRadians, 0.5 * kRadians}, {25.0 * scale, 8.0 * scale});
        pelvis = wander3(random, frames, {0.002, 0.0}, {40.0 * scale, 0.0});
        lids = blinks(random, frames, rate);
        smile = wander(random, frames, 0.10, 45.0 * scale);
        for (double& phase : phases)
            phase = kTurn * random.uniform();
    }
};

/// Changes one frame of a clip.
class IdleFrame {
public:
    IdleFrame(motion::Clip::Data& data, std::span<const float, motion::kPoseSize> restJoints,
              std::size_t frame)
        : data_(data)
        , restJoints_(restJoints)
        , frame_(frame) {}

    void apply(const IdleCurves& curves, double seconds) {
        before_ = skeleton();
        add(motion::kNeck, 0.6F * at(curves.head, frame_));
        add(motion::kHead, 0.4F * at(curves.head, frame_));
        swayPelvis(curves, seconds);
        const auto breath =
            static_cast<float>(0.5 * kRadians * std::sin(kTurn * seconds / 3.9 + curves.phases[2]));
        add(kSpine3, {breath, 0.0F, 0.0F});
        for (std::size_t side = 0; side < 2; ++side)
            bendFingers(side, static_cast<float>(curves.fingers[side][frame_]));
        reach(curves);
        if (data_.expressionSpace == motion::ExpressionSpace::Arkit52) moveFace(curves);
    }

private:
    [[nodiscard]] std::span<float, motion::kPoseSize> pose() {
        return std::span(data_.poses)
            .subspan(frame_ * motion::kPoseSize)
            .first<motion::kPoseSize>();
    }
    [[nodiscard]] Eigen::Map<Vector3f> rotation(int joint) {
        return Eigen::Map<Vector3f>(&pose()[3 * static_cast<std::size_t>(joint)]);
    }
    [[nodiscard]] Eigen::Map<Vector3f> translation() {
        return Eigen::Map<Vector3f>(&data_.translations[3 * frame_]);
    }
    void add(int joint, const Vector3f& radians) { rotation(joint) += radians; }

    [[nodiscard]] motion::SkeletonPose skeleton() {
        return motion::forwardKinematics(motion::localRotations(pose()), restJoints_,
                                         translation());
    }

    void swayPelvis(const IdleCurves& curves, double seconds) {
        const double yaw = 1.6 * kRadians * std::sin(kTurn * seconds / 7.3 + curves.phases[0]);
        const double pitch = 0.6 * kRadians * std::sin(kTurn * seconds / 5.1 + curves.phases[1]);
        add(motion::kPelvis, {static_cast<float>(pitch), static_cast<float>(yaw), 0.0F});
        const double forwards = 0.006 * std::sin(kTurn * seconds / 6.1 + curves.phases[3]);
        Vector3f shift = at(curves.pelvis, frame_);
        shift.z() += static_cast<float>(forwards);
        shift.y() = -std::abs(shift.y()) - 0.004F; // Never higher than the legs are long.
        translation() += shift;
    }

    void bendFingers(std::size_t side, float radians) {
        const int first = side == 0 ? motion::kFirstLeftHandJoint : motion::kFirstRightHandJoint;
        const float sign = side == 0 ? -1.0F : 1.0F;
        for (int finger = 0; finger < 4; ++finger)
            add(first + 3 * finger, {0.0F, 0.0F, sign * radians});
    }

    /// Feet go back to where they stood, wrists to where they were and a little besides.
    void reach(const IdleCurves& curves) {
        motion::JointRotations local = motion::localRotations(pose());
        motion::SkeletonPose now = motion::forwardKinematics(local, restJoints_, translation());
        for (const int ankle : {motion::kLeftAnkle, motion::kRightAnkle}) {
            const auto index = static_cast<std::size_t>(ankle);
            now.worldFromJoint[index] = before_.worldFromJoint[index];
            motion::reachWithLimb(motion::limbOf(ankle), before_.positions[index],
                                  motion::LimbEnd::KeepsHeading, restJoints_, local, now);
        }
        for (std::size_t side = 0; side < 2; ++side) {
            const int wrist = side == 0 ? motion::kLeftWrist : motion::kRightWrist;
            const Vector3f unsteady = now.worldFromJoint[kSpine3] * at(curves.wrists[side], frame_);
            motion::reachWithLimb(motion::limbOf(wrist),
                                  now.positions[static_cast<std::size_t>(wrist)] + unsteady,
                                  motion::LimbEnd::GoesAlong, restJoints_, local, now);
        }
        for (const int joint : {1, 2, 4, 5, 7, 8, 16, 17, 18, 19, 20, 21}) {
            const Eigen::AngleAxisf turn(local[static_cast<std::size_t>(joint)]);
            rotation(joint) = turn.angle() * turn.axis();
        }
    }

    void moveFace(const IdleCurves& curves) {
        constexpr std::array<std::size_t, 2> kBlink = {8, 9};
        constexpr std::array<std::size_t, 2> kSmile = {43, 44};
        float* const face = &data_.expressions[frame_ * motion::kExpressionCount];
        for (const std::size_t unit : kBlink)
            face[unit] = std::max(face[unit], static_cast<float>(curves.lids[frame_]));
        const auto smile = static_cast<float>(std::clamp(0.08 + curves.smile[frame_], 0.0, 0.4));
        for (const std::size_t unit : kSmile)
            face[unit] = std::max(face[unit], smile);
    }

    motion::Clip::Data& data_;
    std::span<const float, motion::kPoseSize> restJoints_;
    std::size_t frame_;
    motion::SkeletonPose before_;
};

motion::Clip::Data dataOf(const motion::Clip& clip) {
    motion::Clip::Data data;
    data.poses.assign(clip.poses().begin(), clip.poses().end());
    data.translations.assign(clip.translations().begin(), clip.translations().end());
    data.expressions.assign(clip.expressions().begin(), clip.expressions().end());
    data.betas.assign(clip.betas().begin(), clip.betas().end());
    data.rate = clip.rate();
    data.expressionSpace = clip.expressionSpace();
    data.gender = clip.gender();
    data.model = clip.model();
    return data;
}

} // namespace

Result<motion::Clip> addIdleMotion(const motion::Clip& clip,
                                   std::span<const float, motion::kPoseSize> restJoints,
                                   CounterRandom random, JobControl& control) {
    const auto frames = static_cast<std::size_t>(clip.frameCount());
    const double rate = clip.rate().perSecond();
    const IdleCurves curves(random, frames, rate);
    motion::Clip::Data data = dataOf(clip);
    control.beginStage("Adding idle motion", clip.frameCount());
    for (std::size_t i = 0; i < frames; ++i) {
        if (control.stopRequested()) return JobControl::cancelled("Adding idle motion");
        IdleFrame(data, restJoints, i).apply(curves, static_cast<double>(i) / rate);
        control.advanceTo(static_cast<std::int64_t>(i) + 1);
    }
    return motion::Clip::create(std::move(data));
}

} // namespace gesture::gestures
