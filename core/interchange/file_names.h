// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/scene.h"

#include <string>
#include <string_view>
#include <vector>

namespace gesture::interchange {

/// What a file format cannot have in names.
enum class NameRules {
    Plain,   ///< No control characters.
    NoSpace, ///< No white space either.
};

/// A name as files hold it: well-formed UTF-8 without the characters that `rules` excludes ('_'
/// stands for them); `fallback` for an empty one.
[[nodiscard]] std::string fileName(std::string_view name, std::string_view fallback,
                                   NameRules rules = NameRules::Plain);

/// Names of the scene's joints, each once: the second "hand" is "hand_2".
[[nodiscard]] std::vector<std::string> jointFileNames(const Scene& scene,
                                                      NameRules rules = NameRules::Plain);

} // namespace gesture::interchange
