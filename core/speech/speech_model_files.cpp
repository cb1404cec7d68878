// SPDX-License-Identifier: Apache-2.0
#include "core/speech/speech_model_files.h"

#include "core/base/paths.h"

#include <fmt/format.h>

namespace gesture::speech {

namespace {

namespace fs = std::filesystem;

SpeechModelFiles filesIn(const fs::path& folder) {
    return {folder / "en-us", folder / "cmudict-en-us.dict", folder / "en-us.lm.bin"};
}

bool complete(const SpeechModelFiles& files) {
    std::error_code ignored;
    for (const char* name : {"mdef", "means", "variances", "sendump", "transition_matrices",
                             "feat.params", "noisedict"})
        if (!fs::is_regular_file(files.acoustic / name, ignored)) return false;
    return fs::is_regular_file(files.dictionary, ignored) &&
           fs::is_regular_file(files.languageModel, ignored);
}

} // namespace

std::vector<fs::path> speechModelFolders() {
    return {userDataDirectory() / "speech" / "en-us", "/usr/local/share/pocketsphinx/model/en-us",
            "/usr/share/pocketsphinx/model/en-us"};
}

Result<SpeechModelFiles> findSpeechModel() { return findSpeechModelIn(speechModelFolders()); }

Result<SpeechModelFiles> findSpeechModelIn(const std::vector<fs::path>& folders) {
    std::string searched;
    for (const fs::path& folder : folders) {
        const SpeechModelFiles files = filesIn(folder);
        if (complete(files)) return files;
        searched += fmt::format("{}'{}'", searched.empty() ? "" : ", ", folder.string());
    }
    return Error{ErrorCode::Unavailable,
                 fmt::format("The model of English speech is missing: install the package "
                             "pocketsphinx-en-us (searched {}).",
                             searched)};
}

} // namespace gesture::speech
