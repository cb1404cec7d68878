// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/gestures/prominence.h"
#include "core/gestures/speaker_style.h"
#include "core/gestures/spoken.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::gestures {

/// One gesture in time.
struct GestureEvent {
    std::optional<std::size_t> entry; ///< Of the lexicon; nothing: a beat.
    Seconds apex;
    double prominence = 0.0;
    std::string word;
    bool bothHands = false;
    Seconds prepared;    ///< Preparation begins.
    Seconds strokeBegin; ///< The meaningful movement …
    Seconds strokeEnd;
    Seconds holdEnd; ///< … and how long the hands stay.

    [[nodiscard]] std::string_view gesture() const; ///< "beat" or the entry's name.
    [[nodiscard]] float score() const;              ///< 0 for beats.
};

/// The moment from which an event counts as semantic: a little before its stroke.
[[nodiscard]] Seconds meaningBegins(const GestureEvent& event);

/// How often words of the lexicon become gestures.
enum class LexiconUse {
    Always,      ///< Where the words are chosen so that they mean it (the corpus).
    WhenStressed ///< Any text: words that mostly mean nothing ("that", "you") only when prominent.
};

/// Chooses which words and accents become gestures, in order of time, and gives them their times.
/// Lexicon gestures come first, at least 1.25 s apart; beats fill what is left by prominence.
[[nodiscard]] std::vector<GestureEvent> chooseEvents(const SpokenText& text,
                                                     std::span<const Accent> accents,
                                                     const SpeakerStyle& style, LexiconUse use);

/// Fills in times and hands of events that are in order of their apexes.
void timeEvents(std::vector<GestureEvent>& events, const SpeakerStyle& style);

} // namespace gesture::gestures
