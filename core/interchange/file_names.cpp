// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/file_names.h"

#include "core/base/utf8.h"

#include <fmt/format.h>
#include <set>

namespace gesture::interchange {

namespace {

constexpr char32_t kFirstPrintable = 0x20;
constexpr char32_t kDelete = 0x7f;

bool allowed(char32_t character, NameRules rules) {
    if (character < kFirstPrintable || character == kDelete) return false;
    return rules == NameRules::Plain || !isWhiteSpace(character);
}

} // namespace

std::string fileName(std::string_view name, std::string_view fallback, NameRules rules) {
    std::string result;
    for (std::size_t at = 0; at < name.size();) {
        const auto character = utf8CharacterAt(name, at);
        if (character && allowed(character->value, rules))
            result += name.substr(at, character->length);
        else
            result += '_';
        at += character ? character->length : 1;
    }
    return result.empty() ? std::string(fallback) : result;
}

std::vector<std::string> jointFileNames(const Scene& scene, NameRules rules) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (const SceneJoint& joint : scene.joints) {
        const std::string wanted = fileName(joint.name, "joint", rules);
        std::string name = wanted;
        for (int number = 2; !taken.insert(name).second; ++number)
            name = fmt::format("{}_{}", wanted, number);
        names.push_back(std::move(name));
    }
    return names;
}

} // namespace gesture::interchange
