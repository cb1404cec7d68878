// SPDX-License-Identifier: Apache-2.0
#include "core/motion/representation.h"

#include "core/base/rotation.h"

#include <fmt/format.h>

#include <algorithm>

namespace gesture::motion {

namespace {

void encodeJoint(const float* axisAngle, float* out) {
    const AxisAngle rotation(axisAngle[0], axisAngle[1], axisAngle[2]);
    std::ranges::copy(rotation6dFromMatrix(matrixFromAxisAngle(rotation)), out);
}

void decodeJoint(const float* values, float* axisAngle) {
    Rotation6d rotation{};
    std::copy_n(values, rotation.size(), rotation.begin());
    const AxisAngle decoded = axisAngleFromMatrix(matrixFromRotation6d(rotation));
    std::copy_n(decoded.data(), 3, axisAngle);
}

Status checkRange(const Clip& clip, FrameRange range, std::span<const float> contacts) {
    if (range.begin.value < 0 || range.end.value > clip.frameCount() || range.length() < 0) {
        return Error(ErrorCode::InvalidInput,
                     fmt::format("Frames {} to {} are not in the motion, which has {}.",
                                 range.begin.value, range.end.value, clip.frameCount()));
    }
    const auto wanted = static_cast<std::size_t>(clip.frameCount()) * kContactCount;
    if (contacts.empty() || contacts.size() == wanted) return Status::success();
    return Error(ErrorCode::InvalidInput,
                 fmt::format("There are {} foot contacts, but the motion of {} frames needs {}.",
                             contacts.size(), clip.frameCount(), wanted));
}

/// Translation and contacts of a frame, as they stand in the whole motion and in the lower body.
void encodeRoot(const Clip& clip, FrameIndex frame, std::span<const float> contacts, float* out) {
    out = std::ranges::copy(clip.translation(frame), out).out;
    if (contacts.empty()) return;
    const auto first = static_cast<std::size_t>(frame.value) * kContactCount;
    std::ranges::copy(contacts.subspan(first, kContactCount), out);
}

} // namespace

int channelCount(BodyPart part) {
    const int rotations = 6 * static_cast<int>(jointsOf(part).size());
    switch (part) {
    case BodyPart::Face:
        return rotations + kExpressionCount;
    case BodyPart::Lower:
        return rotations + 3 + kContactCount;
    case BodyPart::Upper:
    case BodyPart::Hands:
        return rotations;
    }
    return 0;
}

std::vector<int> motionColumns(BodyPart part) {
    std::vector<int> columns;
    for (const int joint : jointsOf(part)) {
        for (int i = 0; i < 6; ++i) {
            columns.push_back(6 * joint + i);
        }
    }
    if (part == BodyPart::Lower) {
        for (int column = kRotationChannels; column < kMotionChannels; ++column) {
            columns.push_back(column);
        }
    }
    return columns;
}

void encodePose(std::span<const float, kPoseSize> pose, std::span<float, kRotationChannels> out) {
    for (std::size_t j = 0; j < kJointCount; ++j) {
        encodeJoint(&pose[3 * j], &out[6 * j]);
    }
}

void decodePose(std::span<const float, kRotationChannels> rotations,
                std::span<float, kPoseSize> out) {
    for (std::size_t j = 0; j < kJointCount; ++j) {
        decodeJoint(&rotations[6 * j], &out[3 * j]);
    }
}

Result<std::vector<float>> encodeMotion(const Clip& clip, FrameRange range,
                                        std::span<const float> contacts) {
    if (Status status = checkRange(clip, range, contacts); !status) {
        return std::move(status).error();
    }
    std::vector<float> motion(static_cast<std::size_t>(range.length()) * kMotionChannels);
    float* row = motion.data();
    for (FrameIndex frame = range.begin; frame < range.end; frame = frame + 1) {
        encodePose(clip.pose(frame), std::span<float, kRotationChannels>(row, kRotationChannels));
        encodeRoot(clip, frame, contacts, row + kRotationChannels);
        row += kMotionChannels;
    }
    return motion;
}

Result<std::vector<float>> encodePart(BodyPart part, const Clip& clip, FrameRange range,
                                      std::span<const float> contacts) {
    if (Status status = checkRange(clip, range, contacts); !status) {
        return std::move(status).error();
    }
    const std::span<const int> joints = jointsOf(part);
    const auto channels = static_cast<std::size_t>(channelCount(part));
    std::vector<float> values(static_cast<std::size_t>(range.length()) * channels);
    float* row = values.data();
    for (FrameIndex frame = range.begin; frame < range.end; frame = frame + 1, row += channels) {
        for (std::size_t i = 0; i < joints.size(); ++i) {
            encodeJoint(&clip.pose(frame)[3 * static_cast<std::size_t>(joints[i])], row + 6 * i);
        }
        float* const rest = row + 6 * joints.size();
        if (part == BodyPart::Face) std::ranges::copy(clip.expression(frame), rest);
        if (part == BodyPart::Lower) encodeRoot(clip, frame, contacts, rest);
    }
    return values;
}

DecodedMotion::DecodedMotion(std::size_t frames)
    : poses(frames * kPoseSize)
    , translations(frames * 3)
    , expressions(frames * kExpressionCount)
    , contacts(frames * kContactCount) {}

Status decodePart(BodyPart part, std::span<const float> values, DecodedMotion& out) {
    const std::span<const int> joints = jointsOf(part);
    const auto channels = static_cast<std::size_t>(channelCount(part));
    if (values.size() != out.frameCount() * channels) {
        return Error(ErrorCode::InvalidInput,
                     fmt::format("Part '{}' has {} numbers, but {} frames of {} channels are "
                                 "expected.",
                                 nameOf(part), values.size(), out.frameCount(), channels));
    }
    for (std::size_t frame = 0; frame < out.frameCount(); ++frame) {
        const float* const row = values.data() + frame * channels;
        for (std::size_t i = 0; i < joints.size(); ++i) {
            decodeJoint(row + 6 * i,
                        &out.poses[frame * kPoseSize + 3 * static_cast<std::size_t>(joints[i])]);
        }
        const float* const rest = row + 6 * joints.size();
        if (part == BodyPart::Face) {
            std::copy_n(rest, kExpressionCount, &out.expressions[frame * kExpressionCount]);
        }
        if (part == BodyPart::Lower) {
            std::copy_n(rest, 3, &out.translations[3 * frame]);
            std::copy_n(rest + 3, kContactCount, &out.contacts[frame * kContactCount]);
        }
    }
    return Status::success();
}

} // namespace gesture::motion
