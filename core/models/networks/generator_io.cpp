// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/generator_io.h"

#include <ATen/ops/diagonal.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/norm.h>

namespace gesture::models {

namespace {

/// Rows of length 1; the epsilon is that of torch's `normalize`.
at::Tensor unitRows(const at::Tensor& x) { return x / x.norm(2, -1, true).clamp_min(1e-12); }

} // namespace

at::Tensor meanOfTokens(const at::Tensor& frames) {
    return frames.view({frames.size(0), frames.size(1) / 4, 4, frames.size(2)}).mean(2);
}

at::Tensor consistencyLoss(const RhythmPair& pair) {
    constexpr double kTemperature = 0.1;
    const at::Tensor similarity =
        at::matmul(unitRows(pair.motion), unitRows(meanOfTokens(pair.speech)).transpose(1, 2)) /
        kTemperature;
    return -at::log_softmax(similarity, 1).diagonal(0, 1, 2).mean();
}

} // namespace gesture::models
