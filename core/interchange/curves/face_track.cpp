// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/curves/face_track.h"

#include "core/avatar/face_units.h"
#include "core/interchange/clip_sampler.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace gesture::interchange {

namespace {

constexpr std::int64_t kFramesPerReport = 256;

/// Yaw, pitch, roll of a rotation Ry * Rx * Rz.
Eigen::Vector3f yawPitchRoll(const Eigen::Quaternionf& rotation) {
    const Eigen::Matrix3f m = rotation.normalized().toRotationMatrix();
    return {std::atan2(m(0, 2), m(2, 2)), std::asin(std::clamp(-m(1, 2), -1.0F, 1.0F)),
            std::atan2(m(1, 0), m(1, 1))};
}

/// Column of each face unit among the avatar's expressions; -1: it has none.
std::array<int, avatar::kFaceUnitCount> unitColumns(const io::Avatar& avatar) {
    std::array<int, avatar::kFaceUnitCount> columns{};
    const auto& units = avatar::faceUnitNames();
    for (std::size_t u = 0; u < units.size(); ++u) {
        const auto found =
            std::find(avatar.expressionNames.begin(), avatar.expressionNames.end(), units[u]);
        columns[u] = found == avatar.expressionNames.end()
                         ? -1
                         : static_cast<int>(found - avatar.expressionNames.begin());
    }
    return columns;
}

void appendUnits(const SampledPose& pose, const std::array<int, avatar::kFaceUnitCount>& columns,
                 std::vector<float>& units) {
    for (std::size_t u = 0; u < columns.size(); ++u) {
        float value = columns[u] < 0 ? 0.0F : pose.expression[static_cast<std::size_t>(columns[u])];
        if (u == avatar::kJawOpenUnit)
            value += std::max(yawPitchRoll(pose.rotations[motion::kJaw])[1], 0.0F) /
                     static_cast<float>(avatar::kJawOpenAngle);
        units.push_back(std::clamp(value, 0.0F, 1.0F));
    }
}

} // namespace

Result<FaceTrack> faceTrack(const CharacterSource& source, const CharacterOptions& options,
                            JobControl& control) {
    if (source.avatar.expressionSpace != motion::ExpressionSpace::Arkit52)
        return Error{ErrorCode::InvalidInput,
                     "This avatar has no ARKit face units; choose the one that ships for them."};
    const FrameRange range = options.range.value_or(FrameRange{{0}, {source.clip->frameCount()}});
    const FrameRate rate = options.rate.value_or(source.clip->rate());
    if (Status possible = checkTiming(*source.clip, range, rate); !possible)
        return std::move(possible).error();
    ClipSampler sampler(source.avatar, {source.clip, source.loudness, source.bridge}, range, rate);
    const auto columns = unitColumns(source.avatar);
    FaceTrack track;
    track.rate = rate;
    track.frames = sampler.count();
    track.note = sampler.note();
    control.beginStage("Reading the face", track.frames);
    for (std::int64_t i = 0; i < track.frames; ++i) {
        if (i % kFramesPerReport == 0) {
            if (control.stopRequested()) return JobControl::cancelled("Exporting");
            control.advanceTo(i);
        }
        const SampledPose& pose = sampler.at(i);
        appendUnits(pose, columns, track.units);
        track.head.push_back(
            yawPitchRoll(pose.rotations[motion::kNeck] * pose.rotations[motion::kHead]));
        track.leftEye.push_back(yawPitchRoll(pose.rotations[motion::kLeftEye]));
        track.rightEye.push_back(yawPitchRoll(pose.rotations[motion::kRightEye]));
    }
    control.advanceTo(track.frames);
    return track;
}

} // namespace gesture::interchange
