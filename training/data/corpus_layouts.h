// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/data/corpus.h"

#include <algorithm>

namespace gesture::training {

// One reader a layout; `openCorpus` chooses. The clips' `speaker` is set by each.

[[nodiscard]] Result<Corpus> openBeat2(const std::filesystem::path& root,
                                       const CorpusOptions& options);
[[nodiscard]] Result<Corpus> openShow(const std::filesystem::path& root,
                                      const CorpusOptions& options);
[[nodiscard]] Result<Corpus> openFolder(const std::filesystem::path& root,
                                        const CorpusOptions& options);

/// Whether the options ask for a voice.
[[nodiscard]] inline bool isWanted(const CorpusOptions& options, const std::string& voice) {
    return options.voices.empty() ||
           std::find(options.voices.begin(), options.voices.end(), voice) != options.voices.end();
}

/// The path if a file is there, else an empty one.
[[nodiscard]] std::filesystem::path existing(const std::filesystem::path& path);
/// The transcript beside a path without extension, in whatever format; empty if there is none.
[[nodiscard]] std::filesystem::path transcriptBeside(const std::filesystem::path& stem);
/// The sound beside a path without extension; empty if there is none.
[[nodiscard]] std::filesystem::path soundBeside(const std::filesystem::path& stem);

/// Folders or files directly inside, by name.
enum class EntryKind : std::uint8_t { Folders, Files };
[[nodiscard]] std::vector<std::filesystem::path> entriesOf(const std::filesystem::path& folder,
                                                           EntryKind kind);

/// Numbers the voices of the clips by name, from 0.
void numberVoices(std::vector<CorpusRecording>& clips);

} // namespace gesture::training
