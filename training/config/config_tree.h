// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <utility>
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
    std::string scalar;
    /// Of a mapping in its order, or of a list (keys empty).
    std::vector<std::pair<std::string, ConfigNode>> children;

    [[nodiscard]] const ConfigNode* find(std::string_view key) const;
};

/// The mapping that a YAML text holds; an empty text is an empty mapping. One document, no anchors,
/// no tags, keys are plain names that occur once. InvalidInput, LimitExceeded; the message says the
/// line, but not the name of the text.
[[nodiscard]] Result<ConfigNode> parseConfigTree(std::string_view yaml);

/// A text in double quotes with YAML's escapes, on one line.
[[nodiscard]] std::string quotedYaml(std::string_view text);

} // namespace gesture::training
