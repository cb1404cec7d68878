// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/speech/acoustic_model.h"
#include "core/speech/pronunciation_dictionary.h"
#include "core/speech/speech_model_files.h"

namespace gesture::speech {

/// A speech model in memory (some 30 MB): how phones sound and words are said. The language model
/// stays on disk until something is recognised. Immutable after loading; any thread.
class SpeechModel {
public:
    /// Finds and reads the model. Unavailable when none is installed, InvalidInput or Io when it is
    /// damaged.
    [[nodiscard]] static Result<SpeechModel> load();
    [[nodiscard]] static Result<SpeechModel> load(const SpeechModelFiles& files);

    [[nodiscard]] const SpeechModelFiles& files() const { return files_; }
    [[nodiscard]] const AcousticModel& acoustic() const { return acoustic_; }
    [[nodiscard]] const PronunciationDictionary& dictionary() const { return dictionary_; }

private:
    SpeechModel(SpeechModelFiles files, AcousticModel acoustic, PronunciationDictionary dictionary)
        : files_(std::move(files))
        , acoustic_(std::move(acoustic))
        , dictionary_(std::move(dictionary)) {}

    SpeechModelFiles files_;
    AcousticModel acoustic_;
    PronunciationDictionary dictionary_;
};

} // namespace gesture::speech
