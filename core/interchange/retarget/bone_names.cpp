// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/bone_names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace gesture::interchange {

namespace {

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isLetter(char c) { return isUpper(c) || isLower(c); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Words before a bone's own name.
constexpr std::array<std::string_view, 15> kPrefixes{
    "def",        "mixamorig", "cc",   "base", "bip",      "j",         "c",       "adj",
    "valvebiped", "rig",       "bone", "jnt",  "armature", "character", "skeleton"};

constexpr std::array<std::string_view, 32> kHelperWords{
    "twist", "ik",    "fk",     "pole",   "target", "ctrl",       "control", "end",
    "nub",   "tip",   "roll",   "share",  "mch",    "org",        "wgt",     "vis",
    "sec",   "cloth", "weapon", "socket", "helper", "corrective", "muscle",  "pivot",
    "tweak", "heel",  "palm",   "breast", "attach", "prop",       "goal",    "effector"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words and numbers in lower case: "LeftUpLeg_01" is left, up, leg, 01.
std::vector<std::string> wordsOf(std::string_view name) {
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (!isLetter(c) && !isDigit(c)) {
            finish();
            continue;
        }
        const char before = i == 0 ? ' ' : name[i - 1];
        const bool nextIsLower = i + 1 < name.size() && isLower(name[i + 1]);
        // "leftArm", and the last letter of a run of capitals: "LHip".
        const bool hump = isUpper(c) && (isLower(before) || (isUpper(before) && nextIsLower));
        if (hump || (isLetter(c) && isDigit(before)) || (isDigit(c) && isLetter(before))) finish();
        word += isUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    finish();
    return words;
}

/// Without the name space: what stands after the last ':' or '|'.
std::string_view localName(std::string_view name) {
    const std::size_t at = name.find_last_of(":|");
    return at == std::string_view::npos || at + 1 == name.size() ? name : name.substr(at + 1);
}

void dropPrefixes(std::vector<std::string>& words) {
    bool numberMayFollow = false;
    while (words.size() > 1) {
        const std::string& word = words.front();
        const bool prefix = among(kPrefixes, word) || (numberMayFollow && isDigit(word.front()));
        if (!prefix) return;
        numberMayFollow = word == "bip" || word == "mixamorig";
        words.erase(words.begin());
    }
}

} // namespace

BoneName parseBoneName(std::string_view name) {
    std::vector<std::string> words = wordsOf(localName(name));
    dropPrefixes(words);
    BoneName result;
    for (const std::string& word : words) {
        if (isDigit(word.front())) {
            std::from_chars(word.data(), word.data() + word.size(), result.number);
            result.digits = static_cast<int>(word.size());
            continue;
        }
        const bool left = word == "l" || word == "left";
        const bool right = word == "r" || word == "right";
        if ((left || right) && result.side == BodySide::Middle) {
            result.side = left ? BodySide::Left : BodySide::Right;
            continue;
        }
        result.helper = result.helper || among(kHelperWords, word);
        result.core += word;
    }
    return result;
}

} // namespace gesture::interchange
