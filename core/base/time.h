// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef> // Qt's moc cannot read <compare> as the first header

#include <compare>
#include <cstdint>

namespace gesture {

/// Time in seconds from the start of the clip.
struct Seconds {
    double value = 0.0;
    auto operator<=>(const Seconds&) const = default;
    friend constexpr Seconds operator+(Seconds a, Seconds b) { return {a.value + b.value}; }
    friend constexpr Seconds operator-(Seconds a, Seconds b) { return {a.value - b.value}; }
};

/// Index of a motion frame; frame i is shown from i / rate on.
struct FrameIndex {
    std::int64_t value = 0;
    auto operator<=>(const FrameIndex&) const = default;
    friend constexpr FrameIndex operator+(FrameIndex a, std::int64_t n) { return {a.value + n}; }
    friend constexpr std::int64_t operator-(FrameIndex a, FrameIndex b) {
        return a.value - b.value;
    }
};

/// Index of an audio sample (one per channel).
struct SampleIndex {
    std::int64_t value = 0;
    auto operator<=>(const SampleIndex&) const = default;
};

/// Frames per second as an exact ratio, e.g. {30, 1} or {30000, 1001}.
struct FrameRate {
    std::int32_t numerator = 30;
    std::int32_t denominator = 1;

    bool operator==(const FrameRate&) const = default;

    [[nodiscard]] constexpr double perSecond() const {
        return static_cast<double>(numerator) / denominator;
    }
    /// Start of a frame.
    [[nodiscard]] constexpr Seconds timeOf(FrameIndex frame) const {
        return {static_cast<double>(frame.value) * denominator / numerator};
    }
    /// Frame that is shown at `time` (floor, with 1 µs of slack against rounding); negative times
    /// give negative frames.
    [[nodiscard]] FrameIndex frameAt(Seconds time) const;
};

/// Half-open range of frames [begin, end).
struct FrameRange {
    FrameIndex begin;
    FrameIndex end;

    bool operator==(const FrameRange&) const = default;

    [[nodiscard]] constexpr std::int64_t length() const { return end - begin; }
    [[nodiscard]] constexpr bool empty() const { return end <= begin; }
    [[nodiscard]] constexpr bool contains(FrameIndex frame) const {
        return begin <= frame && frame < end;
    }
};

} // namespace gesture
