// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/generation.h"
#include "core/inference/results.h"

#include <string>

namespace gesture::analysis {

/// How a motion came to be, as one line of JSON: program, bundle, sound, words, options, device.
[[nodiscard]] std::string provenanceOf(const inference::GenerateRequest& request,
                                       const inference::RequestSummary& summary);
/// The same for an edit; `mask` as it was typed.
[[nodiscard]] std::string provenanceOf(const inference::EditRequest& request,
                                       const inference::RequestSummary& summary,
                                       const std::string& mask);

/// SHA-256 of what a request starts from, as its provenance has them.
struct SourceHashes {
    std::string bundle;
    std::string speech;
};

/// Whether a motion with this provenance is one that this program makes.
[[nodiscard]] bool isGenerated(const std::string& provenance);
/// SHA-256 of words with their times, as a provenance has it; empty when there are none.
[[nodiscard]] std::string wordsHash(const audio::Transcript& transcript);
/// Whether a motion with this provenance was made for words of this hash.
[[nodiscard]] bool madeForWords(const std::string& provenance, const std::string& hash);
/// Whether a motion with this provenance is what the request asks for. Where it was computed, and
/// how files are called, does not count.
[[nodiscard]] bool answersRequest(const std::string& provenance,
                                  const inference::GenerateRequest& request,
                                  const SourceHashes& hashes);

} // namespace gesture::analysis
