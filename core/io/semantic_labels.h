// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace gesture::io {

/// A stretch of a recording and how much its gesture means, as people judged it (BEAT2).
struct SemanticLabel {
    std::string name; ///< "01_beat_align", "05_iconic_l", "00_nogesture", …
    Seconds begin;
    Seconds end;         ///< The last moment that belongs to it.
    float score = 0.0F;  ///< 0..1
    std::string keyword; ///< The word that is meant; may be empty.

    bool operator==(const SemanticLabel&) const = default;
};

/// Reads BEAT2's `sem/ID.txt`: name, start, end, duration, score and, where there is one, keyword,
/// separated by tabs, without a header; times in seconds. Rows are kept in their order, those too
/// that end before they begin (no frame lies in them); blank lines are skipped, the duration is not
/// used. NotFound, Io, LimitExceeded (16 MiB, 100,000 rows); InvalidInput "'FILE', line N: reason."
/// Thread-safe.
[[nodiscard]] Result<std::vector<SemanticLabel>>
readSemanticLabels(const std::filesystem::path& path);

enum class WeakScores {
    Keep,
    Zero, ///< Scores of at most 0.1, those of beats, become 0: what SemTalk is trained with.
};

/// The score of each frame: that of the first row with begin <= time <= end, where the time of
/// frame i is i / rate; 0 where there is none. (frames)
[[nodiscard]] std::vector<float> semanticScores(std::span<const SemanticLabel> labels,
                                                std::int64_t frames, FrameRate rate,
                                                WeakScores weak);

/// The mean of each token's frames; frames that do not fill a token are left out.
/// (frames / framesPerToken)
[[nodiscard]] std::vector<float> semanticScoresOfTokens(std::span<const float> scores,
                                                        int framesPerToken = 4);

} // namespace gesture::io
