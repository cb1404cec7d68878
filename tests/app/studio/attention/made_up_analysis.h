// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/inference/analysis.h"

#include <cstdint>
#include <memory>

namespace gesture::test {

/// How large a made-up analysis is.
struct AnalysisShape {
    int windows = 4;
    int layers = 8;
    int heads = 4;
    std::uint64_t seed = 1;
    inference::AttentionKeep keep;
};

/// Learnt weights of upper body, hands and lower body in every made-up analysis.
inline constexpr float kMadeUpWeights[] = {0.9F, 1.3F, 0.5F};

/// One window whose rows sum to 1: a diagonal, a column that all look at, and some noise, other in
/// each part, layer and head. Importance is that of the maps.
[[nodiscard]] inference::AttentionWindow madeUpWindow(std::int64_t begin,
                                                      const AnalysisShape& shape);

/// Windows of 64 frames every 60, a semantic score, and codes with confidence. Same shape, same
/// values.
[[nodiscard]] std::shared_ptr<const inference::Analysis>
madeUpAnalysis(const AnalysisShape& shape = {});

/// "the whole valley was quiet …", a word every 0.4 s with pauses.
[[nodiscard]] std::shared_ptr<const audio::Transcript> madeUpTranscript(double seconds);

} // namespace gesture::test
