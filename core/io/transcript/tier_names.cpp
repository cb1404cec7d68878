// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/tier_names.h"

#include "core/io/transcript/source_text.h"

#include <algorithm>
#include <array>
#include <string>

namespace gesture::io {

namespace {

constexpr std::array<std::string_view, 9> kWordNames{"words",         "word",    "transcript",
                                                     "transcription", "ort-mau", "ort",
                                                     "orthography",   "tokens",  "text"};
constexpr std::array<std::string_view, 9> kPhoneNames{
    "phones", "phone", "phonemes", "phoneme", "mau", "phon", "segment", "segments", "phonetic"};

std::string withoutSpeaker(std::string_view name) {
    const std::size_t dash = name.rfind(" - ");
    return lowerCase(trimmed(dash == std::string_view::npos ? name : name.substr(dash + 3)));
}

} // namespace

bool isWordTierName(std::string_view name) {
    return std::count(kWordNames.begin(), kWordNames.end(), withoutSpeaker(name)) > 0;
}

bool isPhoneTierName(std::string_view name) {
    return std::count(kPhoneNames.begin(), kPhoneNames.end(), withoutSpeaker(name)) > 0;
}

} // namespace gesture::io
