// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/json_archive.h"
#include "core/project/project_state.h"

#include <string>
#include <string_view>
#include <vector>

namespace gesture::project {

/// What the project's row "transcript" says; the labels lie in rows of their own.
struct TranscriptHead {
    std::string language;
    double duration = 0.0;
    std::int64_t words = 0;
    std::int64_t phones = 0;
};

/// Labels of a transcript, kTileLabels at most.
struct LabelTile {
    std::vector<audio::TimedLabel> labels;
};

struct MaskHead {
    std::int64_t frames = 0;
};

/// Masked runs of a part inside kTileFrames frames: begin, end, begin, end, …
struct MaskTile {
    std::vector<std::int64_t> edges;
};

struct AboutProject {
    std::string name;
    std::string notes;
    std::string wordsSource;
};

/// Order of the list.
struct TakeOrder {
    std::vector<std::int64_t> ids;
};

struct IdCounter {
    std::int64_t next = 1;
};

inline constexpr std::int64_t kTileFrames = 4096;
inline constexpr std::size_t kTileLabels = 256;

/// Rows of the project's file as values and back: JSON. InvalidInput for what may not be. Known
/// for the types above and the members of ProjectState.
template <typename T>
[[nodiscard]] Result<std::string> encodeRow(const T& value);
template <typename T>
[[nodiscard]] Status decodeRow(std::string_view text, T& value);

} // namespace gesture::project
