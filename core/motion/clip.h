// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/motion/skeleton.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gesture::motion {

/// What the expression columns of a clip mean.
enum class ExpressionSpace : std::uint8_t {
    Smplx,   ///< 100 coefficients of SMPL-X's own expression space (BEAT2).
    Arkit52, ///< The first 52 columns are ARKit face units in alphabetical order, the rest zero.
};
[[nodiscard]] std::string_view nameOf(ExpressionSpace space); // "smplx", "arkit52"

/// A motion: immutable after `create`, shared as shared_ptr<const Clip>, any thread.
class Clip {
public:
    struct Data {
        std::vector<float> poses;        ///< (frames, 165) axis-angle, radians.
        std::vector<float> translations; ///< (frames, 3) metres, y up.
        std::vector<float> expressions;  ///< (frames, 100); empty stands for zeros.
        std::vector<float> betas;        ///< Body shape of the source, any length.
        FrameRate rate;
        ExpressionSpace expressionSpace = ExpressionSpace::Smplx;
        std::string gender = "neutral";
        std::string model = "smplx2020";
    };

    /// Longest clip that is accepted: 4 hours at 120 fps.
    static constexpr std::int64_t kMaxFrames = 4LL * 3600 * 120;

    /// Checks sizes, that every number is finite, the frame count (1..kMaxFrames) and the rate
    /// (1..1000 fps). The error names the array and the first bad frame.
    [[nodiscard]] static Result<Clip> create(Data data);

    [[nodiscard]] std::int64_t frameCount() const { return frames_; }
    [[nodiscard]] FrameRate rate() const { return data_.rate; }
    [[nodiscard]] Seconds duration() const { return data_.rate.timeOf({frames_}); }
    [[nodiscard]] ExpressionSpace expressionSpace() const { return data_.expressionSpace; }
    [[nodiscard]] const std::string& gender() const { return data_.gender; }
    [[nodiscard]] const std::string& model() const { return data_.model; }

    /// Axis-angle pose of a frame, (55, 3). `frame` must lie in [0, frameCount()).
    [[nodiscard]] std::span<const float, kPoseSize> pose(FrameIndex frame) const;
    [[nodiscard]] std::span<const float, 3> translation(FrameIndex frame) const;
    [[nodiscard]] std::span<const float, kExpressionCount> expression(FrameIndex frame) const;
    [[nodiscard]] std::span<const float> betas() const { return data_.betas; }

    /// Whole arrays, row-major as in Data; expressions always have 100 columns.
    [[nodiscard]] std::span<const float> poses() const { return data_.poses; }
    [[nodiscard]] std::span<const float> translations() const { return data_.translations; }
    [[nodiscard]] std::span<const float> expressions() const { return data_.expressions; }

private:
    Clip(Data data, std::int64_t frames)
        : data_(std::move(data))
        , frames_(frames) {}

    Data data_;
    std::int64_t frames_;
};

} // namespace gesture::motion
