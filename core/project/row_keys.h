// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/project_state.h"

#include <string>
#include <string_view>

namespace gesture::project {

// Keys of the rows that a state is kept in.

inline constexpr const char* kAboutKey = "about";
inline constexpr const char* kTranscriptKey = "transcript";
inline constexpr const char* kTakesKey = "takes";
inline constexpr const char* kMaskKey = "mask";
inline constexpr const char* kIdsKey = "ids";
inline constexpr const char* kViewKey = "view";
inline constexpr std::string_view kWordsPrefix = "words/";
inline constexpr std::string_view kPhonesPrefix = "phones/";
inline constexpr std::string_view kTakePrefix = "take/";
inline constexpr std::string_view kMaskPrefix = "mask/";
inline constexpr std::string_view kAnalysisPrefix = "analysis/";

[[nodiscard]] inline std::string takeKey(ItemId id) {
    return std::string(kTakePrefix) + std::to_string(id.value);
}
[[nodiscard]] inline std::string analysisKey(ItemId id) {
    return std::string(kAnalysisPrefix) + std::to_string(id.value);
}
[[nodiscard]] inline std::string maskPrefix(int part) {
    return std::string(kMaskPrefix) + std::string(nameOf(static_cast<motion::BodyPart>(part))) +
           "/";
}
[[nodiscard]] inline std::string maskTileKey(int part, std::int64_t tile) {
    return maskPrefix(part) + std::to_string(tile);
}

/// Calls visit(key, member) for each member of a state that is one row.
template <typename Visit>
void forEachPlainRow(Visit&& visit) {
    visit("audio", &ProjectState::audio);
    visit("choice", &ProjectState::choice);
    visit("composition", &ProjectState::composition);
    visit("mask-options", &ProjectState::maskOptions);
    visit("presets", &ProjectState::presets);
    visit("markers", &ProjectState::markers);
    visit("segments", &ProjectState::segments);
    visit("pins", &ProjectState::pins);
    visit("thresholds", &ProjectState::thresholds);
    visit("weights", &ProjectState::partWeights);
    visit("root", &ProjectState::root);
    visit("tuning", &ProjectState::tuning);
    visit("gates", &ProjectState::gates);
    visit("generate", &ProjectState::generate);
    visit(kViewKey, &ProjectState::view);
}

} // namespace gesture::project
