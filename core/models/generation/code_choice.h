// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/generation.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gesture::models {

/// Logits of the codes of some tokens, (tokens, codes, layers), row-major.
struct CodeLogits {
    std::span<const float> values;
    std::int64_t tokens = 0;
    std::int64_t codes = 0;
    std::int64_t layers = 0;
};

struct ChosenCodes {
    std::vector<std::int64_t> codes; ///< (tokens, layers)
    std::vector<float> confidence;   ///< (tokens): probability of the first layer's chosen code.
    std::vector<float> entropy;      ///< (tokens): of the first layer's probabilities, in bits.
};

/// Chooses a code for each token and layer: the likeliest one (the first of equals) at temperature
/// 0, else one drawn from softmax(logits / temperature), of the likeliest codes that together have
/// the probability `topP`. What is drawn follows from `stream` and the place of the code alone.
[[nodiscard]] ChosenCodes chooseCodes(const CodeLogits& logits, const inference::Sampling& sampling,
                                      std::uint64_t stream);

/// How likely codes are that are there already, (tokens, layers): as `chooseCodes` at temperature
/// 1, with `codes` for the choice.
[[nodiscard]] ChosenCodes rateCodes(const CodeLogits& logits, std::span<const std::int64_t> codes);

/// A number of a stream of its own for each combination.
[[nodiscard]] std::uint64_t mixedStream(std::uint64_t seed, std::uint64_t first,
                                        std::uint64_t second);

} // namespace gesture::models
