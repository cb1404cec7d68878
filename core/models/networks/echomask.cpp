// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/echomask.h"

#include "core/models/networks/dead_modules.h"

namespace gesture::models {

EchoMask::EchoMask(TensorSource& source, const GeneratorSizes& sizes)
    : EchoMask(Scope(source), sizes) {}

EchoMask::EchoMask(const Scope& scope, const GeneratorSizes& sizes)
    : motion_(scope, sizes)
    , faceHead_(scope, "face", sizes)
    , handsHead_(scope, "hands", sizes)
    , upperHead_(scope, "upper", sizes)
    , lowerHead_(scope, "lower", sizes)
    , face_(scope, sizes)
    , body_(scope, sizes)
    , refinement_(scope, sizes)
    , faceRefinement_(scope / "face_hands_decoder",
                      {sizes.latent, sizes.latentFeedForward, sizes.heads}, 1)
    , alignment_(scope / "MAM", sizes)
    , query_(scope, sizes)
    , extras_(scope, sizes)
    , frames_(scope, sizes) {
    if (sizes.adaptedSpeech)
        adapters_.emplace(Adapters{{scope / "speech_adapter_low", sizes.projected, sizes.latent},
                                   {scope / "speech_adapter_high", sizes.projected, sizes.latent}});
    nameDeadTemplates(scope, sizes);
    nameDeadConsistencyMaps(scope, sizes);
    nameDeadEchoModules(scope, sizes);
}

EchoMask::Conditions EchoMask::aligned(const at::Tensor& low, const at::Tensor& high,
                                       Pass pass) const {
    if (!adapters_) return alignment_.conditions(low, high, pass);
    return alignment_.conditions(adapters_->low(low, pass), adapters_->high(high, pass), pass);
}

EchoMask::Conditions EchoMask::conditions(const Conditions& aligned, const at::Tensor& posteriors,
                                          Pass pass) const {
    return {extras_(aligned.face, posteriors, pass), extras_(aligned.hands, posteriors, pass),
            extras_(aligned.upper, posteriors, pass), extras_(aligned.lower, posteriors, pass)};
}

EchoMask::Output EchoMask::operator()(const Conditions& conditions, const MotionContext& context,
                                      SpeechHints hints, Pass pass, Trace trace) const {
    const at::Tensor hint = motion_(context.motion, context.mask);
    const at::Tensor face = face_(conditions.face, hint, context.speaker, pass);

    Output output;
    at::Tensor features = body_.features(hint, context.speaker, pass);
    at::Tensor heard;
    if (frames_.present()) {
        heard = frames_.frames(conditions.upper);
        features = features + heard;
    }
    if (hints == SpeechHints::Heard) {
        auto told = query_({conditions.upper, conditions.hands, conditions.lower},
                           body_.positioned(features, pass), pass, trace);
        features = features + told.hints;
        output.maps = std::move(told.maps);
    }
    const BodyParts<at::Tensor> coarse = body_.latents(features, context.speaker, pass);
    const BodyParts<at::Tensor> fine = refinement_(coarse, face, pass);

    FourParts<at::Tensor> latents{faceRefinement_(face, coarse.hands, pass), fine.hands, fine.upper,
                                  fine.lower};
    if (frames_.present()) latents = frames_.added(latents, heard);
    output.face = faceHead_(latents.face, conditions.face, pass);
    output.body = {upperHead_(latents.upper, conditions.upper, pass),
                   handsHead_(latents.hands, conditions.hands, pass),
                   lowerHead_(latents.lower, conditions.lower, pass)};
    output.faceRhythm = {face, conditions.face};
    output.handsRhythm = {coarse.hands, conditions.hands};
    return output;
}

EchoMask::Attention EchoMask::attention(const Conditions& conditions, const MotionContext& context,
                                        Pass pass) const {
    const at::Tensor hint = motion_(context.motion, context.mask);
    at::Tensor features = body_.features(hint, context.speaker, pass);
    if (frames_.present()) features = features + frames_.frames(conditions.upper);
    const auto told = query_({conditions.upper, conditions.hands, conditions.lower},
                             body_.positioned(features, pass), pass, Trace::Yes);
    return {told.maps,
            {SpeechQueryAttention::importance(told.maps.upper),
             SpeechQueryAttention::importance(told.maps.hands),
             SpeechQueryAttention::importance(told.maps.lower)},
            query_.fusedImportance(told.maps)};
}

} // namespace gesture::models
