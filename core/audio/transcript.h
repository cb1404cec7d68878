// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <optional>
#include <string>
#include <vector>

namespace gesture::audio {

/// A stretch of speech with its label: a word or a phone. Times are half-open, begin < end.
struct TimedLabel {
    std::string text; ///< UTF-8 as written in the source; blank: a pause that the source names.
    Seconds begin;
    Seconds end;
    std::optional<float> confidence; ///< 0..1; absent when the source says nothing.

    [[nodiscard]] bool isPause() const; ///< Blank text or only white space.
    bool operator==(const TimedLabel&) const = default;
};

/// What is said and when. Words (and phones, when there are any) are ordered by time and do not
/// overlap (see `validate`). Pauses may be gaps or blank labels: both occur in data sets, and the
/// generators look them up differently, so readers keep what the file says. Value type.
struct Transcript {
    std::vector<TimedLabel> words;
    std::vector<TimedLabel> phones; ///< Empty when unknown.
    Seconds duration;               ///< Of the sound; 0 when unknown. Never before the last end.
    std::string language;           ///< IETF tag such as "en"; empty when unknown.

    bool operator==(const Transcript&) const = default;
};

/// Checks the order: times finite and not negative, begin < end, no overlap beyond 1 µs, text valid
/// UTF-8. InvalidInput names the first offending label by number, its text and its times.
[[nodiscard]] Status validate(const Transcript& transcript);

/// Words joined by spaces, pauses left out.
[[nodiscard]] std::string plainText(const Transcript& transcript);

} // namespace gesture::audio
