// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/espeak_phones.h"

#include <map>

namespace gesture::training {

namespace {

const std::map<std::string_view, std::string_view>& table() {
    static const std::map<std::string_view, std::string_view> phones = {// vowels
                                                                        {"A:", "aa"},
                                                                        {"0", "aa"},
                                                                        {"A@", "aa"},
                                                                        {"a", "ae"},
                                                                        {"aa", "ae"},
                                                                        {"a#", "ax"},
                                                                        {"@", "ax"},
                                                                        {"@2", "ax"},
                                                                        {"@-", "ax"},
                                                                        {"V", "ah"},
                                                                        {"O:", "ao"},
                                                                        {"O2", "ao"},
                                                                        {"O@", "ao"},
                                                                        {"o@", "ao"},
                                                                        {"aU", "aw"},
                                                                        {"aI", "ay"},
                                                                        {"aI2", "ay"},
                                                                        {"aI@", "ay"},
                                                                        {"E", "eh"},
                                                                        {"e@", "eh"},
                                                                        {"3", "er"},
                                                                        {"3:", "er"},
                                                                        {"IR", "er"},
                                                                        {"VR", "er"},
                                                                        {"eI", "ey"},
                                                                        {"I", "ih"},
                                                                        {"I2", "ih"},
                                                                        {"I#", "ih"},
                                                                        {"i", "iy"},
                                                                        {"i:", "iy"},
                                                                        {"i@", "iy"},
                                                                        {"i@3", "iy"},
                                                                        {"oU", "ow"},
                                                                        {"OI", "oy"},
                                                                        {"U", "uh"},
                                                                        {"U@", "uh"},
                                                                        {"u:", "uw"},
                                                                        {"u", "uw"},
                                                                        {"e", "ey"},
                                                                        {"o", "ow"},
                                                                        {"O", "ao"},
                                                                        // consonants
                                                                        {"b", "b"},
                                                                        {"tS", "ch"},
                                                                        {"d", "d"},
                                                                        {"D", "dh"},
                                                                        {"f", "f"},
                                                                        {"g", "g"},
                                                                        {"h", "hh"},
                                                                        {"dZ", "jh"},
                                                                        {"k", "k"},
                                                                        {"l", "l"},
                                                                        {"@L", "l"},
                                                                        {"l^", "l"},
                                                                        {"m", "m"},
                                                                        {"n", "n"},
                                                                        {"n-", "n"},
                                                                        {"N", "ng"},
                                                                        {"p", "p"},
                                                                        {"r", "r"},
                                                                        {"r-", "r"},
                                                                        {"s", "s"},
                                                                        {"S", "sh"},
                                                                        {"t", "t"},
                                                                        {"t#", "t"},
                                                                        {"t2", "t"},
                                                                        {"?", "t"},
                                                                        {"T", "th"},
                                                                        {"v", "v"},
                                                                        {"w", "w"},
                                                                        {"w#", "w"},
                                                                        {"j", "y"},
                                                                        {"z", "z"},
                                                                        {"z#", "z"},
                                                                        {"Z", "zh"},
                                                                        {"x", "k"},
                                                                        {"d#", "d"}};
    return phones;
}

} // namespace

std::string arpabetOfEspeak(std::string_view mnemonic) {
    if (mnemonic.empty() || mnemonic.front() == '_' || mnemonic == ";") return "pau";
    const auto found = table().find(mnemonic);
    return std::string(found == table().end() ? "ax" : found->second);
}

} // namespace gesture::training
