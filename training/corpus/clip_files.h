// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/gestures/body_maker.h"
#include "core/gestures/events.h"
#include "training/corpus/synthesiser.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace gesture::training {

/// A clip as it is written.
struct CorpusClip {
    SpeechSound speech;
    std::vector<gestures::GestureEvent> events;
    gestures::MadeMotion motion;
    gestures::SpeakerStyle style;
};

/// Makes the folders of the BEAT2 layout and `truth`. Io.
[[nodiscard]] Status makeCorpusFolders(const std::filesystem::path& corpus);

/// Writes motion, sound, words and phones, semantic labels and, last, the truth of a clip, each
/// atomically: a clip is whole when its truth is there (see `isWritten`). Same clip, same bytes.
/// Io.
[[nodiscard]] Status writeCorpusClip(const std::filesystem::path& corpus, const std::string& id,
                                     const CorpusClip& clip);

[[nodiscard]] bool isWritten(const std::filesystem::path& corpus, const std::string& id);

/// BEAT2's name for a semantic label of a score: .3 is "03_deictic_m".
[[nodiscard]] std::string semanticName(float score);

/// The words and phones of a clip as a transcript: ARPABET in capitals, stress on the vowels.
[[nodiscard]] audio::Transcript transcriptOf(const gestures::SpokenText& text);

} // namespace gesture::training
