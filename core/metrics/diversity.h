// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace gesture::metrics {

/// DIV (L1 diversity) of a clip: positions (frames, width) in metres; the mean over frames of the
/// sum over coordinates of |x - mean of the clip|. Metres summed over `width` coordinates. The same
/// in every mode; the modes differ in which joints they are given. 0 without frames.
[[nodiscard]] double diversity(std::span<const float> positions, std::size_t width);

/// Replaces every coordinate by its distance from its mean, in float32, as the trainers' DIV leaves
/// the joints behind: their BC then hears the beats of that.
void foldAroundMean(std::span<float> positions, std::size_t width);

} // namespace gesture::metrics
