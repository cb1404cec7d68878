// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/inference/results.h"
#include "core/io/bundle/bundle.h"
#include "core/models/bundle/weight_source.h"

#include <array>
#include <memory>

namespace gesture::models {

/// The parts that have codes of their own, in their order.
inline constexpr std::array<motion::BodyPart, motion::kBodyPartCount> kCodedParts{
    motion::BodyPart::Face, motion::BodyPart::Upper, motion::BodyPart::Hands,
    motion::BodyPart::Lower};

/// Motion of the four body parts to codes and back, and from the lower body to where the body goes:
/// the tokenizers of a bundle behind one face, whether they are residual (SemTalk, EchoMask: 4
/// frames a token, several layers) or plain (EMAGE: a token a frame, one layer). Immutable; any
/// thread.
class MotionCodec {
public:
    /// NotFound, InvalidInput, Io, OutOfMemory.
    [[nodiscard]] static Result<std::unique_ptr<const MotionCodec>> load(const io::Bundle& bundle,
                                                                         Placement placement);

    MotionCodec() = default;
    MotionCodec(const MotionCodec&) = delete;
    MotionCodec& operator=(const MotionCodec&) = delete;
    virtual ~MotionCodec() = default;

    [[nodiscard]] virtual int framesPerToken() const = 0;
    [[nodiscard]] virtual int layers() const = 0;
    /// Tokens on either side that a decoded frame, and a code, can depend on.
    [[nodiscard]] virtual std::int64_t contextTokens() const = 0;
    /// Does the root's network see the lower body as it was decoded, translation included (EMAGE)?
    [[nodiscard]] virtual bool rootSeesTranslation() const = 0;

    /// (frames, channels of the part) to (tokens, layers), whole numbers, on the CPU.
    [[nodiscard]] virtual at::Tensor encode(motion::BodyPart part,
                                            const at::Tensor& motion) const = 0;
    /// (tokens, layers), or latents (tokens, width) of `expected`, to (frames, channels), float32
    /// on the CPU.
    [[nodiscard]] virtual at::Tensor decode(motion::BodyPart part,
                                            const at::Tensor& codes) const = 0;
    /// A part's logits (1, tokens, codes, layers) as the latents (tokens, width), on the CPU, that
    /// `decode` takes like codes: the mean of the codebook under them. Undefined where the bundle
    /// wants the likeliest codes.
    [[nodiscard]] virtual at::Tensor expected(motion::BodyPart part,
                                              const at::Tensor& logits) const = 0;
    /// Codes (tokens, layers) as they can stand beside `expected` ones: their latents, or the codes
    /// themselves where the bundle wants the likeliest codes.
    [[nodiscard]] virtual at::Tensor decodable(motion::BodyPart part,
                                               const at::Tensor& codes) const = 0;
    /// (frames, 61) as GlobalMotion takes it, to the same layout, on the CPU. A frame depends on
    /// kRootContext frames on either side.
    [[nodiscard]] virtual at::Tensor root(const at::Tensor& lower) const = 0;
    static constexpr std::int64_t kRootContext = 24;

    /// Code of the face that is nearest to a latent, for networks that say no codes for it (EMAGE):
    /// (batch, frames, width) to (batch, frames, 1). Only where `choosesFaceByLatent`.
    [[nodiscard]] virtual bool choosesFaceByLatent() const = 0;
    [[nodiscard]] virtual at::Tensor nearestFaceCodes(const at::Tensor& latents) const = 0;
};

/// Codes of a part, (tokens, layers), as they are sent; without ratings.
[[nodiscard]] inference::TokenChunk tokenChunk(motion::BodyPart part, const MotionCodec& codec,
                                               const at::Tensor& codes, std::int64_t begin = 0);

} // namespace gesture::models
