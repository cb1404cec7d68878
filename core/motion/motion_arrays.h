// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>

namespace gesture::motion {

/// The arrays of a motion that belongs to somebody else, row-major float32, one row a frame.
struct MotionView {
    std::span<const float> poses;        ///< (frames, 165) axis-angle, radians
    std::span<const float> translations; ///< (frames, 3) metres
    std::span<const float> expressions;  ///< (frames, 100)
    std::span<const float> contacts;     ///< (frames, 4); empty: unknown

    [[nodiscard]] std::int64_t frames() const {
        return static_cast<std::int64_t>(translations.size()) / 3;
    }
};

/// The same, to be changed in place.
struct MotionSpans {
    std::span<float> poses;
    std::span<float> translations;
    std::span<float> expressions;
    std::span<float> contacts;

    [[nodiscard]] MotionView view() const { return {poses, translations, expressions, contacts}; }
    [[nodiscard]] std::int64_t frames() const { return view().frames(); }
};

/// InvalidInput when the arrays are not of the same number of frames (at most Clip::kMaxFrames) or
/// a number is not finite; the error names the array and the first bad frame.
[[nodiscard]] Status checkMotion(const MotionView& motion);

} // namespace gesture::motion
