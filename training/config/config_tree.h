// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace gesture::training {

/// Longest configuration that is read.
inline constexpr std::size_t kMaxConfigBytes = std::size_t{1} << 20;
/// Mappings and lists inside of each other.
inline constexpr std::size_t kMaxConfigLevels = 16;
/// Values, mappings and lists together.
inline constexpr std::size_t kMaxConfigNodes = 20'000;

/// A value of a YAML text with its place. Value type.
struct ConfigNode {
    enum class Kind { Nothing, Scalar, List, Map };

    Kind kind = Kind::Nothing;
    int line = 0; ///< From 1; of the key, for values of mappings.
    bool quoted = false;
    std::string key; ///< In the mapping that it belongs to, if it does.
    std::string scalar;
    std::vector<ConfigNode> children; ///< Of a mapping or list, in its order.

    [[nodiscard]] const ConfigNode* find(std::string_view wanted) const;
};

/// The mapping that a YAML text holds; an empty text is an empty mapping. One document, no anchors,
/// no tags, keys are plain names that occur once. InvalidInput, LimitExceeded; the message says the
/// line, but not the name of the text.
[[nodiscard]] Result<ConfigNode> parseConfigTree(std::string_view yaml);

/// A text in double quotes with YAML's escapes, on one line.
[[nodiscard]] std::string quotedYaml(std::string_view text);

} // namespace gesture::training
