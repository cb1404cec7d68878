// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/figure_inputs.h"
#include "core/inference/analysis.h"

#include <cstdint>

namespace gesture::test {

/// A window of made-up weights whose rows add up to 1; the same for the same numbers.
inference::AttentionWindow madeWindow(std::int64_t begin, int frames = 64, std::uint32_t seed = 1);

/// Ten seconds: windows of 64 frames every 30, scores and tokens.
inference::Analysis madeAnalysis(inference::AttentionKeep keep = {}, std::uint32_t seed = 1);

/// Words all through the ten seconds, some close together, a waveform, provenance.
analysis::ClipFacts madeFacts();

} // namespace gesture::test
