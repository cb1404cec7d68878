// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/scope.h"
#include "core/models/layers/tensor.h"

#include <cstdint>

namespace gesture::models {

/// `Linear` for networks that never learn: on a processor the weights are laid out once as oneDNN's
/// matrix products want them (torch's op `mkldnn::_linear_pointwise`), which takes a fifth off
/// their time on some processors; the tensor that was given is let go. Elsewhere, and where torch
/// has no oneDNN, the same as `Linear`. Results are equal to rounding.
class InferenceLinear {
public:
    /// Keys `weight` (out, in), `bias` (out).
    InferenceLinear(const Scope& scope, std::int64_t in, std::int64_t out);
    /// `weight` (out, in); `bias` (out) may be undefined.
    InferenceLinear(const at::Tensor& weight, at::Tensor bias);

    /// (shape, in) to (shape, out), a tensor of its own.
    [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;

private:
    at::Tensor weight_;
    at::Tensor bias_;
};

} // namespace gesture::models
