// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/weights/tensor.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// A tensor that a network has.
struct TensorSpec {
    enum class Need : std::uint8_t {
        Required,
        Optional, ///< May be absent: there is another source, or a default.
        Dead,     ///< In the files, but without influence: absent and of any shape is fine.
    };

    std::string name;
    TensorShape shape;
    Need need = Need::Required;
    std::optional<TensorType> type; ///< Nothing: any floating-point type.
};

/// Files that call a part of a network by another name: "moauClip." for "MAM.".
struct KeyAlias {
    std::string oldPrefix;
    std::string newPrefix;
};

/// How a file's tensors agree with those of a network. Value type.
struct KeyReport {
    struct Mismatch {
        std::string name; ///< Of the network.
        std::string expected;
        std::string found;
    };

    std::vector<std::string> missing;        ///< Required names that the file lacks.
    std::vector<std::string> absentOptional; ///< Optional names that it lacks.
    std::vector<std::string> unexpected;     ///< Names of the file that the network has not.
    std::vector<Mismatch> wrongShape;
    std::vector<Mismatch> wrongType;
    /// Name in the file of each tensor that can be loaded, by its name in the network; without the
    /// dead ones.
    std::map<std::string, std::string> loadable;

    /// Whether all that is required is there in the right shape and type, and nothing else.
    [[nodiscard]] bool exact() const;
    /// The same, but more tensors than the network's do not count.
    [[nodiscard]] bool sufficient() const;
    /// Sentences about what does not agree, with the first few names and their number:
    /// "'x.bin' lacks 12 tensors that semtalk_base needs (a.weight, b.weight, c.weight, …)."
    [[nodiscard]] std::string describe(std::string_view file, std::string_view network) const;
    /// One JSON object with all names.
    [[nodiscard]] std::string json() const;
};

/// Compares names, shapes and types. A file's name that is no name of the network is tried with
/// each alias in turn; a tensor under its own name goes before one under an alias.
[[nodiscard]] KeyReport compareKeys(std::span<const TensorInfo> found,
                                    std::span<const TensorSpec> expected,
                                    std::span<const KeyAlias> aliases = {});

} // namespace gesture::io
