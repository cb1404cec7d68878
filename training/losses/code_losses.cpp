// SPDX-License-Identifier: Apache-2.0
#include "training/losses/code_losses.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/gather.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/mse_loss.h>

namespace gesture::training {

at::Tensor codeErrors(const at::Tensor& logits, const at::Tensor& codes,
                      const at::Tensor& weights) {
    const at::Tensor likelihood =
        at::log_softmax(logits, 2).gather(2, codes.unsqueeze(2)).squeeze(2);
    const at::Tensor errors = -likelihood;
    return (weights.defined() ? errors * weights.unsqueeze(-1) : errors).flatten(0, 1).mean(0);
}

at::Tensor weightedLayers(const at::Tensor& errors) {
    return (errors / at::arange(1, errors.size(0) + 1, errors.options())).sum();
}

at::Tensor latentError(const at::Tensor& latents, const at::Tensor& vectors,
                       const at::Tensor& weights) {
    if (!weights.defined()) return at::mse_loss(latents, vectors);
    return ((latents - vectors).square() * weights.unsqueeze(1).unsqueeze(-1)).mean();
}

at::Tensor gateError(const at::Tensor& gate, const at::Tensor& isSemantic) {
    return at::cross_entropy_loss(gate.flatten(0, 1), isSemantic.flatten());
}

at::Tensor firstLayerAccuracy(const at::Tensor& logits, const at::Tensor& codes) {
    return (at::argmax(logits.select(-1, 0), 2) == codes.select(-1, 0)).to(at::kFloat).mean();
}

} // namespace gesture::training
