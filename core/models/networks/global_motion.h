// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/basic.h"

#include <vector>

namespace gesture::models {

struct GlobalMotionSizes {
    std::int64_t channels = 61; ///< The lower body's.
    std::int64_t width = 256;
};

/// From the lower body to where the body goes: convolutions without quantizer or down-sampling
/// (class `VAEConvZero`, EMAGE's "global motion" network).
class GlobalMotion {
public:
    GlobalMotion(TensorSource& source, const GlobalMotionSizes& sizes);

    /// (batch, frames, 61): 9 joints as 6-D rotations, 3 zeros, 4 contacts; returns the same
    /// layout, where channels 54 and 56 are the velocity of the root in x and z (m/s) and channel
    /// 55 is its height (m).
    [[nodiscard]] at::Tensor operator()(const at::Tensor& lower) const;

private:
    GlobalMotion(const Scope& scope, const GlobalMotionSizes& sizes);

    struct Residual {
        Convolution first;
        Convolution second;
        [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;
    };
    static Residual residual(const Scope& scope, std::int64_t width);

    std::vector<Convolution> down_;
    std::vector<Residual> downResiduals_;
    std::vector<Residual> upResiduals_;
    std::vector<Convolution> up_;
};

} // namespace gesture::models
