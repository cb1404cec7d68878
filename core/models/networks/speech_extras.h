// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/basic.h"
#include "core/models/networks/body_parts.h"
#include "core/models/networks/generator_sizes.h"

#include <optional>

namespace gesture::models {

/// What small networks add to the speech that motion attends to, each where its flag in the sizes
/// says so: what a speech encoder's heads make of it, and positions. Without flags nothing is asked
/// for and nothing changes.
class SpeechExtras {
public:
    /// Asks below `posterior_encoder` and `speech_positions` of `scope`.
    SpeechExtras(const Scope& scope, const GeneratorSizes& sizes);

    /// `speech` (batch, frames, latent); `posteriors` (batch, frames, channels), probabilities that
    /// are not looked at without their flag (`LogMelSpeechEncoder::posteriors`, or events that are
    /// known from elsewhere). Same size as `speech`.
    [[nodiscard]] at::Tensor operator()(const at::Tensor& speech, const at::Tensor& posteriors,
                                        Pass pass) const;

private:
    struct Encoder {
        Linear first;
        Linear second;
    };
    std::optional<Encoder> encoder_;
    std::optional<PositionTable> positions_;
};

/// The speech of a frame, and of two on either side, told to the motion of the same frame and token
/// (flag `frameAligned`), so that attention need not find it.
class FrameAlignment {
public:
    /// Asks below `frame_alignment` of `scope` with the flag, for nothing without it.
    enum class Face { Yes, No };
    FrameAlignment(const Scope& scope, const GeneratorSizes& sizes, Face face = Face::Yes);

    [[nodiscard]] bool present() const { return frames_.has_value(); }
    /// (batch, frames, latent) to (batch, frames, hidden), to be added to the body's features.
    [[nodiscard]] at::Tensor frames(const at::Tensor& speech) const;
    /// `frames(…)` added to the latents (batch, tokens, latent) of the parts; the face is left
    /// alone where there is none.
    [[nodiscard]] FourParts<at::Tensor> added(const FourParts<at::Tensor>& latents,
                                              const at::Tensor& frames) const;

private:
    struct ToFrames {
        Convolution first;
        Convolution second;
        LayerNorm norm;
    };
    struct ToTokens {
        ToTokens(const Scope& scope, const GeneratorSizes& sizes);
        [[nodiscard]] at::Tensor operator()(const at::Tensor& latent,
                                            const at::Tensor& frames) const;
        Convolution first;
        Convolution second;
    };
    std::optional<ToFrames> frames_;
    std::optional<BodyParts<ToTokens>> body_;
    std::optional<ToTokens> face_;
};

} // namespace gesture::models
