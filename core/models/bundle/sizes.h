// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/bundle/manifest.h"
#include "core/models/networks/emage.h"
#include "core/models/networks/generator_sizes.h"
#include "core/models/networks/global_motion.h"
#include "core/models/networks/hubert.h"
#include "core/models/networks/motion_tokenizer.h"
#include "core/models/networks/sentence_encoder.h"
#include "core/models/speech/log_mel_speech_encoder.h"

namespace gesture::models {

// The sizes of a network as a bundle names them: those that it leaves out keep the published value.
// InvalidInput for names that the network has not, for lists where one number belongs, and for
// sizes that cannot be: 0, above 1,000,000, or of which the network could not be built.

[[nodiscard]] Result<GeneratorSizes> generatorSizes(const io::NetworkSizes& sizes);
[[nodiscard]] Result<HubertSizes> hubertSizes(const io::NetworkSizes& sizes);
[[nodiscard]] Result<LogMelSpeechEncoderSizes> logMelSizes(const io::NetworkSizes& sizes);
[[nodiscard]] Result<SentenceEncoderSizes> sentenceEncoderSizes(const io::NetworkSizes& sizes);
[[nodiscard]] Result<TokenizerSizes> tokenizerSizes(const io::NetworkSizes& sizes);
[[nodiscard]] Result<EmageSizes> emageSizes(const io::NetworkSizes& sizes);
[[nodiscard]] Result<EmageTokenizerSizes> emageTokenizerSizes(const io::NetworkSizes& sizes);
[[nodiscard]] Result<GlobalMotionSizes> globalMotionSizes(const io::NetworkSizes& sizes);

/// Rows and columns of EchoMask's projection.
struct ProjectionSizes {
    std::int64_t in = 1024;
    std::int64_t out = 256;
};
[[nodiscard]] Result<ProjectionSizes> projectionSizes(const io::NetworkSizes& sizes);

} // namespace gesture::models
