// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/motion_rows.h"

#include "core/base/assert.h"
#include "core/base/rotation.h"
#include "core/motion/representation.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace gesture::models {

namespace {

using inference::MotionFrames;

constexpr int kLowerRotations = 54;
constexpr std::array<int, 3> kFaceJoints{motion::kJaw, motion::kLeftEye, motion::kRightEye};

/// A whole row from one frame's arrays.
void writeRow(const MotionFrames& frames, std::size_t frame, RestRule rest, float* row) {
    std::array<float, motion::kPoseSize> pose{};
    std::copy_n(frames.poses.data() + frame * pose.size(), pose.size(), pose.data());
    if (rest == RestRule::FaceAtRest)
        for (const int joint : kFaceJoints)
            std::fill_n(pose.data() + std::ptrdiff_t{3} * joint, 3, 0.0F);
    motion::encodePose(pose,
                       std::span<float, motion::kRotationChannels>(row, motion::kRotationChannels));
    float* rest3 = row + motion::kRotationChannels;
    std::copy_n(frames.translations.data() + 3 * frame, 3, rest3);
    std::copy_n(frames.contacts.data() + motion::kContactCount * frame, motion::kContactCount,
                rest3 + 3);
}

void overwriteArray(std::vector<float>& values, std::size_t begin, const std::vector<float>& more) {
    values.resize(std::max(values.size(), begin + more.size()));
    std::copy(more.begin(), more.end(), values.begin() + static_cast<std::ptrdiff_t>(begin));
}

std::vector<float> sliceArray(const std::vector<float>& values, FrameRange range,
                              std::size_t width) {
    if (values.empty()) return {};
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(
                                            static_cast<std::size_t>(range.begin.value) * width);
    return {begin,
            begin + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(range.length()) * width)};
}

} // namespace

at::Tensor wholeMotionRows(const MotionFrames& frames, FrameRange range, RestRule rest) {
    at::Tensor rows = at::empty({range.length(), motion::kMotionChannels}, at::kFloat);
    float* row = rows.data_ptr<float>();
    for (std::int64_t f = range.begin.value; f < range.end.value; ++f) {
        writeRow(frames, static_cast<std::size_t>(f), rest, row);
        row += motion::kMotionChannels;
    }
    return rows;
}

at::Tensor partRows(motion::BodyPart part, const MotionFrames& frames, FrameRange range) {
    const at::Tensor whole = wholeMotionRows(frames, range);
    const std::vector<int> columns = motion::motionColumns(part);
    const int channels = motion::channelCount(part);
    at::Tensor rows = at::empty({range.length(), channels}, at::kFloat);
    const float* in = whole.data_ptr<float>();
    auto* out = rows.data_ptr<float>();
    for (std::int64_t f = 0; f < range.length(); ++f) {
        for (std::size_t c = 0; c < columns.size(); ++c)
            out[c] = in[columns[c]];
        if (part == motion::BodyPart::Face) {
            const auto frame = static_cast<std::size_t>(range.begin.value + f);
            std::copy_n(frames.expressions.data() + frame * motion::kExpressionCount,
                        motion::kExpressionCount, out + columns.size());
        }
        in += motion::kMotionChannels;
        out += channels;
    }
    return rows;
}

at::Tensor rootInput(const at::Tensor& lower) {
    at::Tensor rows = lower.clone();
    auto* row = rows.data_ptr<float>();
    for (std::int64_t f = 0; f < rows.size(0); ++f, row += rows.size(1)) {
        for (int channel = 0; channel < kLowerRotations; channel += 6) {
            Rotation6d rotation{};
            std::copy_n(row + channel, 6, rotation.begin());
            const Rotation6d orthonormal = rotation6dFromMatrix(matrixFromRotation6d(rotation));
            std::copy_n(orthonormal.begin(), 6, row + channel);
        }
        std::fill_n(row + kLowerRotations, 3, 0.0F);
    }
    return rows;
}

void append(MotionFrames& frames, const MotionFrames& more) {
    overwrite(frames, {frames.count()}, more);
}

MotionFrames sliceOf(const MotionFrames& frames, FrameRange range) {
    GESTURE_ASSERT(range.begin.value >= 0 && range.end.value <= frames.count());
    return {sliceArray(frames.poses, range, motion::kPoseSize),
            sliceArray(frames.translations, range, 3),
            sliceArray(frames.expressions, range, motion::kExpressionCount),
            sliceArray(frames.contacts, range, motion::kContactCount), frames.expressionSpace};
}

void overwrite(MotionFrames& frames, FrameIndex begin, const MotionFrames& values) {
    const auto first = static_cast<std::size_t>(begin.value);
    overwriteArray(frames.poses, first * motion::kPoseSize, values.poses);
    overwriteArray(frames.translations, first * 3, values.translations);
    overwriteArray(frames.expressions, first * motion::kExpressionCount, values.expressions);
    overwriteArray(frames.contacts, first * motion::kContactCount, values.contacts);
}

MotionFrames withFacesOf(motion::ExpressionSpace space, MotionFrames frames) {
    if (frames.expressionSpace == space) return frames;
    std::fill(frames.expressions.begin(), frames.expressions.end(), 0.0F);
    frames.expressionSpace = space;
    return frames;
}

} // namespace gesture::models
