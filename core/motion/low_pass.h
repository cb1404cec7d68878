// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gesture::motion {

/// A low-pass without delay: the weights of a bell curve over the frames around each one. Beyond
/// its ends a curve is continued by its own reflection through the end point, so that values and
/// slopes there are kept. Immutable, any thread.
class LowPass {
public:
    /// Halves the power at `cutoffHertz`, which must be positive; at twice that a sixteenth is
    /// left. Cutoffs below a 10,000th of the rate count as that.
    LowPass(double cutoffHertz, FrameRate rate);

    /// Weights of a frame itself and of those 1, 2, … before and after it; with both sides they
    /// add up to 1.
    [[nodiscard]] std::span<const double> weights() const { return weights_; }

    /// Values (frames, channels) smoothed along the frames.
    [[nodiscard]] std::vector<float> operator()(std::span<const float> values,
                                                std::size_t channels) const;

private:
    std::vector<double> weights_;
};

} // namespace gesture::motion
