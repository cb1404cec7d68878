// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/bundle/manifest.h"
#include "core/io/weights/tensor.h"

#include <optional>
#include <span>
#include <string>

namespace gesture::io {

/// What a weight file is, told by the names and shapes of its tensors.
struct WeightsIdentity {
    std::string kind; ///< As in NetworkEntry.
    std::string role; ///< The place in a bundle that it can take.
    NetworkSizes sizes;

    bool operator==(const WeightsIdentity&) const = default;
};

/// Knows the networks of SemTalk, EchoMask and EMAGE, their tokenizers, the global-motion and the
/// feature network, Hugging Face's HuBERT and CLIP text encoder, and EchoMask's projection matrix;
/// of any size. Sizes are read from the shapes; those that shapes do not show (numbers of heads)
/// keep the published values. Nothing when it is none of them.
[[nodiscard]] std::optional<WeightsIdentity> identifyWeights(std::span<const TensorInfo> tensors);

} // namespace gesture::io
