// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/semtalk_sparse.h"

#include "core/models/networks/dead_modules.h"

#include <ATen/ops/softmax.h>

namespace gesture::models {

SemTalkSparse::SemTalkSparse(TensorSource& source, const GeneratorSizes& sizes)
    : SemTalkSparse(Scope(source), sizes) {}

SemTalkSparse::SemTalkSparse(const Scope& scope, const GeneratorSizes& sizes)
    : motion_(scope, sizes)
    , speech_(scope / "hubert_encoder_body", sizes.speech, sizes.latent)
    , fusion_(scope / "at_attn_bert", sizes.latent)
    , gate_(scope / "gate", sizes.latent, 2)
    , sentence_(scope / "clip_embedding", sizes.sentence, sizes.latent)
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
             sizes.hintLayers) {
    nameDeadTemplates(scope, sizes);
    nameDeadConsistencyMaps(scope, sizes);
    nameDeadSparseModules(scope, sizes);
}

SemTalkSparse::Output SemTalkSparse::operator()(const Input& input, Pass pass, Trace trace) const {
    const MotionContext& context = input.context;
    const at::Tensor words = narrowWords_(words_(input.words));
    // One memory token stands for the original's 64 equal ones: attention to it is the same.
    const at::Tensor sentence = sentence_(input.sentence).unsqueeze(1);
    const at::Tensor text = meaning_(positions_(words, pass), sentence, pass);
    const auto fused = fusion_(text, speech_(input.speech, pass));

    Output output;
    output.textShare = fused.share;
    output.gate = gate_(meanOfTokens(fused.stream));
    output.score = at::softmax(output.gate, -1).select(-1, 1);
    const at::Tensor emphasis = output.score.repeat_interleave(4, 1).unsqueeze(-1);
    const at::Tensor meaning = semantic_(fused.stream) * emphasis;

    const at::Tensor hint = motion_(context.motion, context.mask);
    at::Tensor features = body_.features(hint, context.speaker, pass);
    if (input.hints == SpeechHints::Heard)
        features = features + hints_(body_.positioned(features, pass), widenSpeech_(meaning), pass,
                                     trace == Trace::Yes ? &output.hintAttention : nullptr);
    const BodyParts<at::Tensor> coarse = body_.latents(features, context.speaker, pass);
    const BodyParts<at::Tensor> fine = refinement_(coarse, coarse.upper + coarse.lower, pass);
    output.body = {upperHead_(fine.upper, meaning, pass), handsHead_(fine.hands, meaning, pass),
                   lowerHead_(fine.lower, meaning, pass)};
    return output;
}

} // namespace gesture::models
