// SPDX-License-Identifier: Apache-2.0
#include "training/data/phones.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace gesture::training {

namespace {

constexpr std::array<std::string_view, kPhoneClasses - 1> kPhones{
    "aa", "ae", "ah", "ao", "aw", "ax", "ay", "b", "ch", "d", "dh", "eh", "er", "ey",
    "f",  "g",  "hh", "ih", "iy", "jh", "k",  "l", "m",  "n", "ng", "ow", "oy", "p",
    "r",  "s",  "sh", "t",  "th", "uh", "uw", "v", "w",  "y", "z",  "zh"};
constexpr std::array<std::string_view, 7> kPauses{"", "pau", "sil", "sp", "_", "_:", ";"};

} // namespace

std::optional<int> phoneClass(std::string_view phone) {
    while (!phone.empty() && phone.back() >= '0' && phone.back() <= '9')
        phone.remove_suffix(1);
    std::string name(phone);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    if (std::find(kPauses.begin(), kPauses.end(), name) != kPauses.end()) return 0;
    const auto found = std::find(kPhones.begin(), kPhones.end(), name);
    if (found == kPhones.end()) return std::nullopt;
    return static_cast<int>(found - kPhones.begin()) + 1;
}

} // namespace gesture::training
