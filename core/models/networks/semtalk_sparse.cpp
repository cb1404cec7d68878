// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/semtalk_sparse.h"

#include "core/models/networks/dead_modules.h"

#include <ATen/ops/softmax.h>

namespace gesture::models {

namespace {

/// Mean over a window's frames of the vectors of its words; silence (row 0) counts as zero.
at::Tensor meanOfWords(const at::Tensor& vectors, const at::Tensor& words) {
    return (vectors * (words != 0).unsqueeze(-1)).mean(1);
}

} // namespace

SemTalkSparse::SemTalkSparse(TensorSource& source, const GeneratorSizes& sizes)
    : SemTalkSparse(Scope(source), sizes) {}

SemTalkSparse::SemTalkSparse(const Scope& scope, const GeneratorSizes& sizes)
    : motion_(scope, sizes)
    , speech_(scope / "hubert_encoder_body", sizes.speech, sizes.latent)
    , fusion_(scope / "at_attn_bert", sizes.latent)
    , gate_(scope / "gate", sizes.latent, 2)
    , sentence_(scope / "clip_embedding", sizes.sentenceOfWords ? sizes.wordWidth : sizes.sentence,
                sizes.latent)
    , handsHead_(scope, "hands", sizes)
    , upperHead_(scope, "upper", sizes)
    , lowerHead_(scope, "lower", sizes)
    , body_(scope, sizes)
    , words_(scope / "text_pre_encoder_body", sizes.words, sizes.wordWidth)
    , narrowWords_(scope / "text_encoder_body", sizes.wordWidth, sizes.latent)
    , meaning_(scope / "semantic_body_decoder",
               {sizes.latent, sizes.latentFeedForward, sizes.heads}, 1)
    , semantic_(scope / "body_semantic_mlp", sizes.latent, sizes.latent, sizes.latent)
    , positions_(scope / "semantic_position_embeddings", sizes.window, sizes.latent)
    , refinement_(scope, sizes)
    , widenSpeech_(scope / "audio_feature2motion", sizes.latent, sizes.hidden)
    , hints_(scope / "wordhints_decoder", {sizes.hidden, sizes.hiddenFeedForward, sizes.heads},
             sizes.hintLayers)
    , extras_(scope, sizes)
    , alignment_(scope, sizes, FrameAlignment::Face::No)
    , sentenceOfWords_(sizes.sentenceOfWords) {
    nameDeadTemplates(scope, sizes);
    nameDeadConsistencyMaps(scope, sizes);
    nameDeadSparseModules(scope, sizes);
}

SemTalkSparse::Output SemTalkSparse::operator()(const Input& input, Pass pass, Trace trace) const {
    const MotionContext& context = input.context;
    const at::Tensor spoken = words_(input.words);
    const at::Tensor words = narrowWords_(spoken);
    // One memory token stands for the original's 64 equal ones: attention to it is the same.
    const at::Tensor sentence =
        sentence_(sentenceOfWords_ ? meanOfWords(spoken, input.words) : input.sentence)
            .unsqueeze(1);
    const at::Tensor text = meaning_(positions_(words, pass), sentence, pass);
    const auto fused = fusion_(text, speech_(input.speech, pass));

    Output output;
    output.textShare = fused.share;
    output.gate = gate_(meanOfTokens(fused.stream));
    output.score = at::softmax(output.gate, -1).select(-1, 1);
    const at::Tensor emphasis = output.score.repeat_interleave(4, 1).unsqueeze(-1);
    const at::Tensor meaning = extras_(semantic_(fused.stream) * emphasis, input.posteriors, pass);

    const at::Tensor hint = motion_(context.motion, context.mask);
    at::Tensor features = body_.features(hint, context.speaker, pass);
    at::Tensor aligned;
    if (alignment_.present()) {
        aligned = alignment_.frames(meaning);
        features = features + aligned;
    }
    if (input.hints == SpeechHints::Heard)
        features = features + hints_(body_.positioned(features, pass), widenSpeech_(meaning), pass,
                                     trace == Trace::Yes ? &output.hintAttention : nullptr);
    const BodyParts<at::Tensor> coarse = body_.latents(features, context.speaker, pass);
    const BodyParts<at::Tensor> fine = refinement_(coarse, coarse.upper + coarse.lower, pass);
    FourParts<at::Tensor> latents{{}, fine.hands, fine.upper, fine.lower};
    if (alignment_.present()) latents = alignment_.added(latents, aligned);
    output.body = {upperHead_(latents.upper, meaning, pass),
                   handsHead_(latents.hands, meaning, pass),
                   lowerHead_(latents.lower, meaning, pass)};
    return output;
}

} // namespace gesture::models
