// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/bundle/bundle.h"
#include "core/models/networks/body_parts.h"
#include "core/motion/skeleton.h"
#include "training/loop/batch.h"

#include <string>

namespace gesture::training {

/// What a generator should say of a batch.
struct CodeTargets {
    models::FourParts<at::Tensor> codes;   ///< (batch, tokens, layers), whole numbers
    models::FourParts<at::Tensor> vectors; ///< (batch, layers, tokens, width)
};

/// Codebooks of the four parts' tokenizers, (layers, codes, width) each, on one device.
class Codebooks {
public:
    explicit Codebooks(models::FourParts<at::Tensor> books);
    /// Those of a bundle. NotFound, InvalidInput, Io, OutOfMemory.
    [[nodiscard]] static Result<Codebooks> load(const io::Bundle& bundle, at::Device device);

    [[nodiscard]] const models::FourParts<at::Tensor>& books() const { return books_; }
    /// The batch's codes ("codes_face", …, see codesKey) and their vectors.
    [[nodiscard]] CodeTargets targets(const Batch& batch) const;
    /// Variance over all numbers of each part's first codebook, scalars.
    [[nodiscard]] models::FourParts<at::Tensor> variances() const;

private:
    models::FourParts<at::Tensor> books_;
};

/// Under which name a batch has the codes of a part: "codes_upper".
[[nodiscard]] std::string codesKey(motion::BodyPart part);

} // namespace gesture::training
