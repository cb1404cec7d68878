// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <vector>

namespace gesture::speech {

/// Where the parts of an English speech model lie (CMU Sphinx's layout).
struct SpeechModelFiles {
    std::filesystem::path acoustic;      ///< Folder with mdef, means, variances, sendump, ….
    std::filesystem::path dictionary;    ///< Words and their phones.
    std::filesystem::path languageModel; ///< Word triples, for recognition without a text.
};

/// Folders that are searched, in this order: `speech/en-us` in the user's data folder
/// (`GESTURE_DATA`), then the systems' folders.
[[nodiscard]] std::vector<std::filesystem::path> speechModelFolders();

/// The first folder that holds a whole model. Unavailable, with the package to install and the
/// folders that were searched, when none does.
[[nodiscard]] Result<SpeechModelFiles> findSpeechModel();
[[nodiscard]] Result<SpeechModelFiles>
findSpeechModelIn(const std::vector<std::filesystem::path>& folders);

} // namespace gesture::speech
