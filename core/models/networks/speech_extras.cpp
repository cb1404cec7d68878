// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/speech_extras.h"

#include <ATen/ops/gelu.h>

namespace gesture::models {

namespace {

/// Probabilities are small numbers beside the other channels.
constexpr double kPosteriorGain = 2.0;

Convolution widePair(const Scope& scope, std::int64_t in, std::int64_t out) {
    return {scope, {.in = in, .out = out, .kernel = 5, .padding = 2}};
}

} // namespace

SpeechExtras::SpeechExtras(const Scope& scope, const GeneratorSizes& sizes) {
    if (sizes.speechPosteriors)
        encoder_.emplace(
            Encoder{{scope / "posterior_encoder" / "0", sizes.posteriors, sizes.latent},
                    {scope / "posterior_encoder" / "2", sizes.latent, sizes.latent}});
    if (sizes.peOnSpeech)
        positions_.emplace(scope / "speech_positions", sizes.window, sizes.latent);
}

at::Tensor SpeechExtras::operator()(const at::Tensor& speech, const at::Tensor& posteriors,
                                    Pass pass) const {
    at::Tensor told = speech;
    if (encoder_)
        told = told + encoder_->second(at::gelu(encoder_->first(posteriors * kPosteriorGain)));
    return positions_ ? (*positions_)(told, pass) : told;
}

FrameAlignment::ToTokens::ToTokens(const Scope& scope, const GeneratorSizes& sizes)
    : first(scope / "0",
            {.in = sizes.hidden, .out = sizes.latent, .kernel = 2, .stride = 2, .padding = 0})
    , second(Convolution::halving(scope / "2", sizes.latent)) {}

at::Tensor FrameAlignment::ToTokens::operator()(const at::Tensor& latent,
                                                const at::Tensor& frames) const {
    return latent + second.overTime(at::gelu(first.overTime(frames)));
}

FrameAlignment::FrameAlignment(const Scope& scope, const GeneratorSizes& sizes, Face face) {
    if (!sizes.frameAligned) return;
    const Scope here = scope / "frame_alignment";
    frames_.emplace(ToFrames{widePair(here / "0", sizes.latent, sizes.hidden),
                             widePair(here / "2", sizes.hidden, sizes.hidden),
                             {here / "3", sizes.hidden}});
    body_.emplace(BodyParts<ToTokens>{
        {here / "upper", sizes}, {here / "hands", sizes}, {here / "lower", sizes}});
    if (face == Face::Yes) face_.emplace(here / "face", sizes);
}

at::Tensor FrameAlignment::frames(const at::Tensor& speech) const {
    return frames_->norm(frames_->second.overTime(at::gelu(frames_->first.overTime(speech))));
}

FourParts<at::Tensor> FrameAlignment::added(const FourParts<at::Tensor>& latents,
                                            const at::Tensor& frames) const {
    return {face_ ? (*face_)(latents.face, frames) : latents.face,
            body_->hands(latents.hands, frames), body_->upper(latents.upper, frames),
            body_->lower(latents.lower, frames)};
}

} // namespace gesture::models
