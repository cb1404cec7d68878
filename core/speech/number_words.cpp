// SPDX-License-Identifier: Apache-2.0
#include "core/speech/number_words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>

namespace gesture::speech {

namespace {

constexpr std::array<std::string_view, 20> kSmall{
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 10> kTens{"",      "",      "twenty",  "thirty", "forty",
                                                 "fifty", "sixty", "seventy", "eighty", "ninety"};
constexpr std::array<std::string_view, 5> kGroups{"", "thousand", "million", "billion", "trillion"};
constexpr std::size_t kLongestNumber = 15;

std::uint64_t valueOf(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char digit : digits)
        value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    return value;
}

void addBelowHundred(std::uint64_t value, Words& words) {
    if (value < kSmall.size()) {
        words.emplace_back(kSmall[value]);
        return;
    }
    words.emplace_back(kTens[value / 10]);
    if (value % 10 != 0) words.emplace_back(kSmall[value % 10]);
}

void addBelowThousand(std::uint64_t value, Words& words) {
    if (value >= 100) {
        words.emplace_back(kSmall[value / 100]);
        words.emplace_back("hundred");
        if (value % 100 == 0) return;
    }
    addBelowHundred(value % 100, words);
}

} // namespace

Words digitWords(std::string_view digits) {
    Words words;
    for (const char digit : digits)
        words.emplace_back(kSmall[static_cast<std::size_t>(digit - '0')]);
    return words;
}

Words cardinalWords(std::string_view digits) {
    const bool zeroInFront = digits.size() > 1 && digits.front() == '0';
    if (zeroInFront || digits.size() > kLongestNumber) return digitWords(digits);
    const std::uint64_t value = valueOf(digits);
    if (value == 0) return {"zero"};
    Words words;
    std::uint64_t scale = 1'000'000'000'000;
    for (std::size_t group = kGroups.size(); group-- > 0; scale /= 1000) {
        const std::uint64_t part = value / scale % 1000;
        if (part == 0) continue;
        addBelowThousand(part, words);
        if (group > 0) words.emplace_back(kGroups[group]);
    }
    return words;
}

Words ordinalWords(std::string_view digits) {
    static const std::map<std::string, std::string> irregular{
        {"one", "first"},    {"two", "second"}, {"three", "third"},   {"five", "fifth"},
        {"eight", "eighth"}, {"nine", "ninth"}, {"twelve", "twelfth"}};
    Words words = cardinalWords(digits);
    if (words.empty()) return words;
    std::string& last = words.back();
    if (const auto found = irregular.find(last); found != irregular.end())
        last = found->second;
    else if (last.back() == 'y')
        last = last.substr(0, last.size() - 1) + "ieth";
    else
        last += "th";
    return words;
}

Words yearWords(std::string_view digits) {
    const std::uint64_t value = valueOf(digits);
    if (digits.size() != 4 || value < 1000 || value % 1000 < 10) return cardinalWords(digits);
    Words words;
    addBelowHundred(value / 100, words);
    const std::uint64_t rest = value % 100;
    if (rest == 0) {
        words.emplace_back("hundred");
    } else {
        if (rest < 10) words.emplace_back("oh");
        addBelowHundred(rest, words);
    }
    return words;
}

Words pluralOf(Words words) {
    if (words.empty()) return words;
    std::string& last = words.back();
    if (last.back() == 'y')
        last = last.substr(0, last.size() - 1) + "ies";
    else
        last += last.back() == 'x' ? "es" : "s";
    return words;
}

} // namespace gesture::speech
