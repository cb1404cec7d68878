// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/speech_input.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/softmax.h>

namespace gesture::models {

SpeechAdapter::SpeechAdapter(const Scope& scope, std::int64_t channels, std::int64_t width)
    : first_(scope / "0", {.in = channels, .out = width, .kernel = 3, .padding = 1, .bias = false})
    , norm_(scope / "1", width)
    , second_(scope / "3", {.in = width, .out = width, .kernel = 3, .padding = 1, .bias = false}) {}

at::Tensor SpeechAdapter::operator()(const at::Tensor& speech, Pass pass) const {
    const at::Tensor narrowed = norm_(first_(speech.transpose(1, 2)), pass);
    return second_(at::gelu(narrowed)).transpose(1, 2);
}

StreamFusion::StreamFusion(const Scope& scope, std::int64_t width)
    : weigh_(scope, 2 * width, 2 * width) {}

StreamFusion::Mixed StreamFusion::operator()(const at::Tensor& first,
                                             const at::Tensor& second) const {
    // Channel c is weighed by the outputs 2c (second stream) and 2c + 1 (first stream).
    const at::Tensor scores = weigh_(at::cat({first, second}, -1));
    const at::Tensor shares =
        at::softmax(scores.view({first.size(0), first.size(1), first.size(2), 2}), -1);
    const at::Tensor share = shares.select(-1, 1);
    return {first * share + second * shares.select(-1, 0), share};
}

} // namespace gesture::models
