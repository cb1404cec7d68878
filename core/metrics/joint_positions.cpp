// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/joint_positions.h"

#include "core/base/assert.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/forward_kinematics.h"
#include "core/motion/representation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace gesture::metrics {

namespace {

using motion::kJointCount;
using motion::kPoseSize;
using Pose = std::array<float, kPoseSize>;

constexpr std::int64_t kPiece = 512;
constexpr std::array<float, 3> kOrigin{};

Pose poseFor(const motion::Clip& clip, FrameIndex frame, JointCall call) {
    Pose pose;
    const auto given = clip.pose(frame);
    std::copy(given.begin(), given.end(), pose.begin());
    if (call != JointCall::EvalTools) return pose;
    for (const int joint : {motion::kPelvis, motion::kJaw, motion::kLeftEye, motion::kRightEye})
        std::fill_n(pose.begin() + std::ptrdiff_t{3} * joint, 3, 0.0F);
    return pose;
}

/// The joints of the average adult.
void poseAverage(std::span<const Pose> poses, const motion::Clip& clip, std::int64_t first,
                 bool moves, std::span<float> out) {
    for (std::size_t i = 0; i < poses.size(); ++i) {
        const auto place = clip.translation({first + static_cast<std::int64_t>(i)});
        const Eigen::Vector3f translation =
            moves ? Eigen::Vector3f(place[0], place[1], place[2]) : Eigen::Vector3f::Zero();
        const auto posed = motion::forwardKinematics(motion::localRotations(poses[i]),
                                                     motion::averageRestJoints(), translation);
        for (std::size_t joint = 0; joint < kJointCount; ++joint)
            for (std::size_t axis = 0; axis < 3; ++axis)
                out[i * kPoseSize + 3 * joint + axis] =
                    posed.positions[joint][static_cast<Eigen::Index>(axis)];
    }
}

void poseBody(const motion::ShapedBody& body, std::span<const Pose> poses, const motion::Clip& clip,
              std::int64_t first, JointCall call, std::span<float> out) {
    const bool world = call == JointCall::World;
    const bool expresses = world && clip.expressionSpace() == motion::ExpressionSpace::Smplx &&
                           body.model().expressionCount() == motion::kExpressionCount;
    std::vector<motion::BodyPose> bodies;
    for (std::size_t i = 0; i < poses.size(); ++i) {
        const FrameIndex frame{first + static_cast<std::int64_t>(i)};
        motion::BodyPose pose{poses[i], kOrigin, {}};
        if (world) pose.translation = clip.translation(frame);
        if (expresses) pose.expression = clip.expression(frame);
        bodies.push_back(pose);
    }
    body.poseMany(bodies, {}, out);
}

} // namespace

Result<std::vector<float>> jointPositions(const motion::ShapedBody* body, const motion::Clip& clip,
                                          std::int64_t frames, JointCall call,
                                          JobControl& control) {
    GESTURE_ASSERT(frames >= 0 && frames <= clip.frameCount());
    std::vector<float> positions(static_cast<std::size_t>(frames) * kPoseSize);
    control.beginStage("Posing joints", frames);
    for (std::int64_t first = 0; first < frames; first += kPiece) {
        if (control.stopRequested()) return JobControl::cancelled("Posing joints");
        const std::int64_t last = std::min(first + kPiece, frames);
        std::vector<Pose> poses;
        for (FrameIndex frame{first}; frame.value < last; frame = frame + 1)
            poses.push_back(poseFor(clip, frame, call));
        const auto out = std::span(positions).subspan(static_cast<std::size_t>(first) * kPoseSize,
                                                      poses.size() * kPoseSize);
        if (body != nullptr)
            poseBody(*body, poses, clip, first, call, out);
        else
            poseAverage(poses, clip, first, call == JointCall::World, out);
        control.advanceTo(last);
    }
    return positions;
}

std::vector<float> jointSpeeds(std::span<const float> positions, FrameRate rate) {
    GESTURE_ASSERT(positions.size() % kPoseSize == 0);
    const std::size_t frames = positions.size() / kPoseSize;
    std::vector<float> speeds(frames * kJointCount);
    if (frames < 2) return speeds;
    const double step = 1.0 / rate.perSecond();
    for (std::size_t frame = 0; frame < frames; ++frame) {
        const bool inside = frame > 0 && frame + 1 < frames;
        const float* const before = &positions[(frame == 0 ? 0 : frame - 1) * kPoseSize];
        const float* const after = &positions[std::min(frame + 1, frames - 1) * kPoseSize];
        const auto seconds = static_cast<float>(inside ? 2.0 * step : step);
        for (std::size_t joint = 0; joint < kJointCount; ++joint) {
            float squares = 0.0F;
            for (std::size_t axis = 3 * joint; axis < 3 * joint + 3; ++axis) {
                const float velocity = (after[axis] - before[axis]) / seconds;
                squares += velocity * velocity;
            }
            speeds[frame * kJointCount + joint] = std::sqrt(squares);
        }
    }
    return speeds;
}

void MeanJointSpeeds::add(std::span<const float> speeds) {
    GESTURE_ASSERT(speeds.size() % kJointCount == 0);
    for (std::size_t i = 0; i < speeds.size(); ++i)
        sums_[i % kJointCount] += static_cast<double>(speeds[i]);
    frames_ += static_cast<std::int64_t>(speeds.size()) / kJointCount;
}

std::vector<float> MeanJointSpeeds::result() const {
    std::vector<float> means(kJointCount);
    if (frames_ == 0) return means;
    std::transform(sums_.begin(), sums_.end(), means.begin(), [this](double sum) {
        return static_cast<float>(sum / static_cast<double>(frames_));
    });
    return means;
}

Result<motion::Clip> throughRotation6d(const motion::Clip& clip, std::int64_t frames) {
    GESTURE_ASSERT(frames >= 0 && frames <= clip.frameCount());
    const auto count = static_cast<std::size_t>(frames);
    motion::Clip::Data data;
    data.poses.resize(count * kPoseSize);
    std::array<float, motion::kRotationChannels> rotations{};
    for (std::size_t frame = 0; frame < count; ++frame) {
        motion::encodePose(clip.pose({static_cast<std::int64_t>(frame)}), rotations);
        motion::decodePose(rotations,
                           std::span<float, kPoseSize>(&data.poses[frame * kPoseSize], kPoseSize));
    }
    const auto first = [count](std::span<const float> values, std::size_t width) {
        return std::vector<float>(values.begin(),
                                  values.begin() + static_cast<std::ptrdiff_t>(count * width));
    };
    data.translations = first(clip.translations(), 3);
    data.expressions = first(clip.expressions(), motion::kExpressionCount);
    data.betas.assign(clip.betas().begin(), clip.betas().end());
    data.rate = clip.rate();
    data.expressionSpace = clip.expressionSpace();
    data.gender = clip.gender();
    data.model = clip.model();
    return motion::Clip::create(std::move(data));
}

} // namespace gesture::metrics
