// SPDX-License-Identifier: Apache-2.0
#include "core/motion/clip.h"

#include "core/base/assert.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace gesture::motion {

namespace {

constexpr double kMinRate = 1.0;
constexpr double kMaxRate = 1000.0;

Error invalid(std::string message) { return {ErrorCode::InvalidInput, std::move(message)}; }

/// The error for the first number of `values` (rows of `columns`) that is not finite.
std::optional<Error> findNonFinite(std::string_view name, std::span<const float> values,
                                   std::size_t columns) {
    const auto bad = std::ranges::find_if(values, [](float v) { return !std::isfinite(v); });
    if (bad == values.end()) return std::nullopt;
    const auto index = static_cast<std::size_t>(bad - values.begin());
    if (columns == 0) {
        return invalid(fmt::format("Value {} of '{}' is not a finite number.", index, name));
    }
    return invalid(fmt::format("Array '{}' holds a number that is not finite in frame {}, "
                               "column {}: repair or cut the recording.",
                               name, index / columns, index % columns));
}

std::optional<Error> checkRate(FrameRate rate) {
    if (rate.numerator > 0 && rate.denominator > 0 && rate.perSecond() >= kMinRate &&
        rate.perSecond() <= kMaxRate) {
        return std::nullopt;
    }
    return invalid(fmt::format("The frame rate {}/{} is not between {} and {} frames a second.",
                               rate.numerator, rate.denominator, kMinRate, kMaxRate));
}

std::optional<Error> checkSizes(const Clip::Data& data, std::size_t frames) {
    if (frames == 0 || data.poses.size() % kPoseSize != 0) {
        return invalid(fmt::format("Array 'poses' has {} numbers; a clip needs {} for each frame "
                                   "and at least one frame.",
                                   data.poses.size(), kPoseSize));
    }
    if (frames > static_cast<std::size_t>(Clip::kMaxFrames)) {
        return Error(ErrorCode::LimitExceeded,
                     fmt::format("The motion has {} frames; at most {} are accepted: cut it.",
                                 frames, Clip::kMaxFrames));
    }
    if (data.translations.size() != 3 * frames) {
        return invalid(fmt::format("Array 'trans' has {} numbers, but {} frames need {}.",
                                   data.translations.size(), frames, 3 * frames));
    }
    if (!data.expressions.empty() && data.expressions.size() != kExpressionCount * frames) {
        return invalid(fmt::format("Array 'expressions' has {} numbers, but {} frames need {}.",
                                   data.expressions.size(), frames, kExpressionCount * frames));
    }
    return std::nullopt;
}

std::size_t row(FrameIndex frame, std::int64_t frames, int columns) {
    GESTURE_ASSERT(frame.value >= 0 && frame.value < frames);
    return static_cast<std::size_t>(frame.value) * static_cast<std::size_t>(columns);
}

} // namespace

std::string_view nameOf(ExpressionSpace space) {
    switch (space) {
    case ExpressionSpace::Smplx:
        return "smplx";
    case ExpressionSpace::Arkit52:
        return "arkit52";
    }
    return {};
}

Result<Clip> Clip::create(Data data) {
    const std::size_t frames = data.poses.size() / kPoseSize;
    if (auto error = checkSizes(data, frames)) return *std::move(error);
    if (auto error = checkRate(data.rate)) return *std::move(error);
    if (auto error = findNonFinite("poses", data.poses, kPoseSize)) return *std::move(error);
    if (auto error = findNonFinite("trans", data.translations, 3)) return *std::move(error);
    if (auto error = findNonFinite("expressions", data.expressions, kExpressionCount)) {
        return *std::move(error);
    }
    if (auto error = findNonFinite("betas", data.betas, 0)) return *std::move(error);
    if (data.expressions.empty()) data.expressions.resize(kExpressionCount * frames, 0.0F);
    return Clip(std::move(data), static_cast<std::int64_t>(frames));
}

std::span<const float, kPoseSize> Clip::pose(FrameIndex frame) const {
    return std::span<const float, kPoseSize>(&data_.poses[row(frame, frames_, kPoseSize)],
                                             kPoseSize);
}

std::span<const float, 3> Clip::translation(FrameIndex frame) const {
    return std::span<const float, 3>(&data_.translations[row(frame, frames_, 3)], 3);
}

std::span<const float, kExpressionCount> Clip::expression(FrameIndex frame) const {
    return std::span<const float, kExpressionCount>(
        &data_.expressions[row(frame, frames_, kExpressionCount)], kExpressionCount);
}

} // namespace gesture::motion
