// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gesture::io {

/// Attention of one window; the arrays belong to someone else.
struct AttentionArrays {
    std::int64_t begin = 0; ///< Frame.
    int frames = 0;
    /// (parts, layers, heads, frames of speech, frames of motion), IEEE half precision.
    std::span<const std::uint16_t> maps;
    std::span<const float> importance; ///< (parts, frames)
    std::span<const float> fused;      ///< (frames)
};

/// A column of importance.csv.
struct AnalysisColumn {
    std::string name;
    std::vector<float> values; ///< (frames), NaN: unknown, an empty cell.
};

/// Codes of a body part.
struct AnalysisTokens {
    std::string part;
    int framesPerToken = 4;
    int layers = 0;
    std::span<const std::int32_t> codes; ///< (tokens, layers)
    std::span<const float> confidence;   ///< (tokens)
    std::span<const float> entropy;      ///< (tokens)
};

struct AnalysisWord {
    std::string text;
    Seconds begin;
    Seconds end;
};

/// What is written of an analysis. What is empty gets no file.
struct AnalysisFiles {
    FrameRate rate{30, 1};
    std::int64_t frames = 0;
    std::vector<std::string> parts;         ///< Of the maps.
    std::vector<int> layers;                ///< From 0; -1: the mean.
    std::vector<int> heads;                 ///< Likewise.
    std::vector<AttentionArrays> attention; ///< Windows by begin.
    std::vector<AnalysisColumn> importance; ///< 1 = average; equally long.
    int framesPerToken = 4;
    std::span<const float> semantic;      ///< (tokens) 0..1, NaN: unknown.
    std::span<const std::uint8_t> chosen; ///< (tokens) 1 semantic, 0 base, else unknown.
    std::vector<AnalysisTokens> tokens;
    std::vector<AnalysisWord> words;
    /// Names and values that tell where this comes from, in this order.
    std::vector<std::pair<std::string, std::string>> provenance;
};

/// Writes into `folder`, which is made when it is not there, and returns the names of the files:
///
/// - attention.npz: `maps` (window, part, layer, head, speech frame, motion frame) float16,
///   `importance` (window, part, frame) and `fused` (window, frame) float32, `window_begin` and
///   `window_frames` int64. Windows shorter than the longest are filled up with NaN.
/// - attention.json: the axes' names and what stands on them, words, provenance.
/// - importance.csv: a row a frame. semantic.csv: a row a token. Times in seconds.
/// - tokens.npz: `<part>_codes` (token, layer) int32, -1 unknown, `<part>_confidence` and
///   `<part>_entropy` float32, `frames_per_token`.
/// - `more`: names (without folders) and contents, as they are.
///
/// Same input, same bytes. All files are written under other names before the first takes its
/// own, so a full disk leaves the folder as it was. Io; InvalidInput when sizes contradict.
[[nodiscard]] Result<std::vector<std::string>>
writeAnalysisFiles(const std::filesystem::path& folder, const AnalysisFiles& files,
                   std::span<const std::pair<std::string, std::string>> more = {});

} // namespace gesture::io
