// SPDX-License-Identifier: Apache-2.0
#include "core/speech/speech_model.h"

namespace gesture::speech {

Result<SpeechModel> SpeechModel::load() {
    const auto files = findSpeechModel();
    if (!files) return Error(files.error());
    return load(*files);
}

Result<SpeechModel> SpeechModel::load(const SpeechModelFiles& files) {
    auto acoustic = AcousticModel::read(files.acoustic);
    if (!acoustic) return std::move(acoustic).error();
    auto dictionary = PronunciationDictionary::read(files.dictionary, acoustic->definition());
    if (!dictionary) return std::move(dictionary).error();
    return SpeechModel(files, std::move(*acoustic), std::move(*dictionary));
}

} // namespace gesture::speech
