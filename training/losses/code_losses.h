// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/tensor.h"
#include "core/models/networks/body_parts.h"

namespace gesture::training {

// Losses of the generators against the tokenizers' codes (SemTalk section 3.4 and
// `semtalk_base_trainer.py`; EchoMask's are the same). Scalars on the tensors' device.

/// Mean negative log-likelihood of each layer's code, (layers): `logits` (batch, tokens, codes,
/// layers), `codes` (batch, tokens, layers) whole numbers. With `weights` (batch, tokens) each
/// token's term is multiplied by its weight before the mean over all tokens (sparse network).
[[nodiscard]] at::Tensor codeErrors(const at::Tensor& logits, const at::Tensor& codes,
                                    const at::Tensor& weights = {});

/// Sum over layers q of errors[q] / (q + 1).
[[nodiscard]] at::Tensor weightedLayers(const at::Tensor& errors);

/// Mean squared difference between predicted latents and codebook vectors, both (batch, layers,
/// tokens, width); `weights` as above.
[[nodiscard]] at::Tensor latentError(const at::Tensor& latents, const at::Tensor& vectors,
                                     const at::Tensor& weights = {});

/// Cross-entropy of the gate's logits (batch, tokens, 2) against `isSemantic` (batch, tokens),
/// whole numbers 0 or 1.
[[nodiscard]] at::Tensor gateError(const at::Tensor& gate, const at::Tensor& isSemantic);

/// Share of codes of layer 0 that the logits hit.
[[nodiscard]] at::Tensor firstLayerAccuracy(const at::Tensor& logits, const at::Tensor& codes);

} // namespace gesture::training
