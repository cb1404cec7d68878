// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/spoken.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace gesture::gestures {

namespace {

constexpr double kSentencePause = 0.5; ///< seconds
constexpr std::array<std::string_view, 17> kVowels = {"aa", "ae", "ah", "ao", "aw", "ax",
                                                      "ay", "eh", "er", "ey", "ih", "iy",
                                                      "ow", "oy", "uh", "uw", "axr"};
constexpr std::array<std::string_view, 9> kSilences = {"",    "pau", "sil",   "sp", "spn",
                                                       "<p>", "nsn", "<sil>", "h#"};

bool carriesMainStress(std::string_view label) { return label.ends_with('1'); }

/// The vowel of a word: the one that is marked as stressed, else its longest.
std::optional<TimeSpan> vowelWithin(const TimeSpan& word, const std::vector<SpokenPhone>& phones) {
    const SpokenPhone* best = nullptr;
    for (const SpokenPhone& phone : phones) {
        const double middle = 0.5 * (phone.span.begin.value + phone.span.end.value);
        if (middle < word.begin.value || middle >= word.end.value || !isVowel(phone.phone))
            continue;
        const bool better =
            best == nullptr || (phone.stressed && !best->stressed) ||
            (phone.stressed == best->stressed && phone.span.length() > best->span.length());
        if (better) best = &phone;
    }
    if (best == nullptr) return std::nullopt;
    return best->span;
}

TimeSpan middleOf(const TimeSpan& word) {
    const double length = word.length();
    return {{word.begin.value + 0.35 * length}, {word.begin.value + 0.75 * length}};
}

} // namespace

bool isVowel(std::string_view phone) {
    return std::find(kVowels.begin(), kVowels.end(), phone) != kVowels.end();
}

std::string plainPhone(std::string_view label) {
    std::string plain;
    for (const char c : label) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isdigit(byte) == 0 && std::isspace(byte) == 0)
            plain += static_cast<char>(std::tolower(byte));
    }
    const bool silent = std::find(kSilences.begin(), kSilences.end(), plain) != kSilences.end();
    return silent ? "pau" : plain;
}

SpokenText spokenText(const audio::Transcript& transcript, Seconds duration) {
    SpokenText text;
    text.duration = duration;
    for (const audio::TimedLabel& label : transcript.phones)
        text.phones.push_back(
            {plainPhone(label.text), {label.begin, label.end}, carriesMainStress(label.text)});
    for (const audio::TimedLabel& label : transcript.words) {
        if (label.isPause()) continue;
        SpokenWord word{label.text, {label.begin, label.end}, std::nullopt, WordSense::Plain};
        word.vowel =
            text.phones.empty() ? middleOf(word.span) : vowelWithin(word.span, text.phones);
        const bool continues =
            !text.sentences.empty() &&
            word.span.begin.value - text.sentences.back().end.value < kSentencePause;
        if (continues)
            text.sentences.back().end = word.span.end;
        else
            text.sentences.push_back(word.span);
        text.words.push_back(std::move(word));
    }
    return text;
}

} // namespace gesture::gestures
