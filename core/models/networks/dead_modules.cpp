// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/dead_modules.h"

#include "core/models/layers/transformer.h"
#include "core/models/networks/speech_input.h"

#include <string>

namespace gesture::models {

namespace {

void nameMlp(const Scope& scope, std::int64_t in, std::int64_t hidden, std::int64_t out) {
    const Mlp named(scope, in, hidden, out);
}

void nameLinear(const Scope& scope, std::int64_t in, std::int64_t out) {
    const Linear named(scope, in, out);
}

} // namespace

void nameDeadTemplates(const Scope& scope, const GeneratorSizes& sizes) {
    const Scope dead = scope.dead();
    const TransformerShape wide{sizes.hidden, sizes.hiddenFeedForward, sizes.heads};
    const TransformerShape narrow{sizes.latent, sizes.latentFeedForward, sizes.heads};
    const DecoderLayer decoder(dead / "transformer_de_layer", wide);
    const DecoderLayer refiner(dead / "transformer_de_fu_layer", narrow);
    const EncoderLayer encoder(dead / "transformer_en_layer", wide);
}

void nameDeadConsistencyMaps(const Scope& scope, const GeneratorSizes& sizes) {
    const Scope dead = scope.dead();
    nameMlp(dead / "face_cons_mlp", sizes.latent, sizes.hidden, sizes.latent);
    nameMlp(dead / "hands_cons_mlp", sizes.latent, sizes.hidden, sizes.latent);
}

void nameDeadSparseModules(const Scope& scope, const GeneratorSizes& sizes) {
    const Scope dead = scope.dead();
    nameMlp(dead / "audio_pre_encoder_body", sizes.beat, sizes.hidden, sizes.latent);
    nameLinear(dead / "emotion_embedding", sizes.sentence, sizes.latent);
    nameLinear(dead / "at_attn_face_semantic", 2 * sizes.latent, 2 * sizes.latent);
    nameLinear(dead / "at_attn_body_semantic", 2 * sizes.latent, 2 * sizes.latent);
    nameLinear(dead / "gate_face", sizes.latent, 1);
    nameLinear(dead / "gate_body", sizes.latent, 1);
}

void nameDeadEchoModules(const Scope& scope, const GeneratorSizes& sizes) {
    const Scope dead = scope.dead();
    for (const char* name : {"hubert_encoder", "hubert_encoder_body"}) {
        const SpeechAdapter named(dead / name, sizes.speech, sizes.latent);
    }
    for (const char* part : {"face", "body"}) {
        nameMlp(dead / (std::string("audio_pre_encoder_") + part), sizes.beat, sizes.hidden,
                sizes.latent);
        nameLinear(dead / (std::string("at_attn_") + part), 2 * sizes.latent, 2 * sizes.latent);
    }
    const DecoderStack wordHints(dead / "wordhints_decoder",
                                 {sizes.hidden, sizes.queryFeedForward, sizes.heads},
                                 sizes.hintLayers);
    constexpr int kReducers = 57;
    for (int i = 0; i < kReducers; ++i)
        nameLinear(dead / "joint_dim_reducer" / "linears" / std::to_string(i), 6, 6);
}

} // namespace gesture::models
