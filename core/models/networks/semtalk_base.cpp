// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/semtalk_base.h"

#include "core/models/networks/dead_modules.h"

namespace gesture::models {

SemTalkBase::SemTalkBase(TensorSource& source, const GeneratorSizes& sizes)
    : SemTalkBase(Scope(source), sizes) {}

SemTalkBase::SemTalkBase(const Scope& scope, const GeneratorSizes& sizes)
    : motion_(scope, sizes)
    , speechFace_(scope / "hubert_encoder", sizes.speech, sizes.latent)
    , speechBody_(scope / "hubert_encoder_body", sizes.speech, sizes.latent)
    , faceHead_(scope, "face", sizes)
    , handsHead_(scope, "hands", sizes)
    , upperHead_(scope, "upper", sizes)
    , lowerHead_(scope, "lower", sizes)
    , face_(scope, sizes)
    , body_(scope, sizes)
    , beatFace_(scope / "audio_pre_encoder_face", sizes.beat, sizes.hidden, sizes.latent)
    , beatBody_(scope / "audio_pre_encoder_body", sizes.beat, sizes.hidden, sizes.latent)
    , fusionFace_(scope / "at_attn_face", sizes.latent)
    , fusionBody_(scope / "at_attn_body", sizes.latent)
    , refinement_(scope, sizes)
    , faceRefinement_(scope / "face_hands_decoder",
                      {sizes.latent, sizes.latentFeedForward, sizes.heads}, 1)
    , widenSpeech_(scope / "audio_feature2motion", sizes.latent, sizes.hidden)
    , hints_(scope / "wordhints_decoder", {sizes.hidden, sizes.hiddenFeedForward, sizes.heads},
             sizes.hintLayers)
    , extras_(scope, sizes)
    , alignment_(scope, sizes) {
    nameDeadTemplates(scope, sizes);
    nameDeadConsistencyMaps(scope, sizes);
}

SemTalkBase::Output SemTalkBase::operator()(const Input& input, Pass pass, Trace trace) const {
    const MotionContext& context = input.context;
    const at::Tensor speechFace = speechFace_(input.speech, pass);
    const at::Tensor speechBody = speechBody_(input.speech, pass);
    auto heardByFace = fusionFace_(speechFace, beatFace_(input.beat));
    auto heardByBody = fusionBody_(speechBody, beatBody_(input.beat));
    heardByFace.stream = extras_(heardByFace.stream, input.posteriors, pass);
    heardByBody.stream = extras_(heardByBody.stream, input.posteriors, pass);
    const at::Tensor hint = motion_(context.motion, context.mask);

    Output output;
    output.speechShareFace = heardByFace.share;
    output.speechShareBody = heardByBody.share;
    const at::Tensor face = face_(heardByFace.stream, hint, context.speaker, pass);

    at::Tensor features = body_.features(hint, context.speaker, pass);
    at::Tensor aligned;
    if (alignment_.present()) {
        aligned = alignment_.frames(heardByBody.stream);
        features = features + aligned;
    }
    if (input.hints == SpeechHints::Heard)
        features =
            features + hints_(body_.positioned(features, pass), widenSpeech_(heardByBody.stream),
                              pass, trace == Trace::Yes ? &output.hintAttention : nullptr);
    const BodyParts<at::Tensor> coarse = body_.latents(features, context.speaker, pass);
    const BodyParts<at::Tensor> fine = refinement_(coarse, face, pass);

    FourParts<at::Tensor> latents{faceRefinement_(face, coarse.hands, pass), fine.hands, fine.upper,
                                  fine.lower};
    if (alignment_.present()) latents = alignment_.added(latents, aligned);
    output.face = faceHead_(latents.face, heardByFace.stream, pass);
    output.body = {upperHead_(latents.upper, heardByBody.stream, pass),
                   handsHead_(latents.hands, heardByBody.stream, pass),
                   lowerHead_(latents.lower, heardByBody.stream, pass)};
    output.faceRhythm = {face, speechFace};
    output.handsRhythm = {coarse.hands, speechBody};
    return output;
}

} // namespace gesture::models
