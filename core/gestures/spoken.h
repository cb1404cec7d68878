// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/base/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::gestures {

/// Half-open stretch of time.
struct TimeSpan {
    Seconds begin;
    Seconds end;

    [[nodiscard]] double length() const { return end.value - begin.value; }
    bool operator==(const TimeSpan&) const = default;
};

/// What a word means to the hands.
enum class WordSense {
    Plain, ///< The word's own meaning: its gesture, if it has one, may be made.
    Idiom, ///< Said without what it means ("no one else"): never its gesture.
};

struct SpokenWord {
    std::string text;
    TimeSpan span;
    std::optional<TimeSpan> vowel; ///< The one with the main stress; absent when there is none.
    WordSense sense = WordSense::Plain;
};

/// A phone of ARPABET in lower case without digits ("aa"), "pau" for silence.
struct SpokenPhone {
    std::string phone;
    TimeSpan span;
    bool stressed = false; ///< Vowels with main stress.
};

/// Speech with exact times: what rules for gestures start from. Value type.
struct SpokenText {
    std::vector<SpokenWord> words;   ///< In order of time.
    std::vector<SpokenPhone> phones; ///< In order of time; may be empty.
    std::vector<TimeSpan> sentences; ///< Stretches between pauses or full stops.
    Seconds duration;
};

/// Whether ARPABET's phone (lower case, no digits) is a vowel.
[[nodiscard]] bool isVowel(std::string_view phone);

/// ARPABET in lower case without stress digits: "AH0" is "ah"; blank labels and names of silence
/// ("SIL", "sp", "<sil>") are "pau".
[[nodiscard]] std::string plainPhone(std::string_view label);

/// Words of a transcript with their stressed vowels: those of its phones when it has any, else the
/// middle of the word. Pauses of half a second end sentences.
[[nodiscard]] SpokenText spokenText(const audio::Transcript& transcript, Seconds duration);

} // namespace gesture::gestures
