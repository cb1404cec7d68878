// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// What a pickled value is. Calls are only noted down, never made.
enum class PickleKind : std::uint8_t {
    None,
    Bool,
    Integer,
    Float,
    Text,       ///< UTF-8, not checked.
    Bytes,      ///< Also Python 2's strings.
    Global,     ///< "module.name" of a class or function.
    Tuple,      ///< Items.
    List,       ///< Items.
    Dict,       ///< Items: key, value, key, value, …; also an OrderedDict.
    Call,       ///< Items: the Global, its arguments (a Tuple), then states that were set.
    Persistent, ///< Items: the one value by which something outside the pickle is named.
};

/// A small handle; numbers stand in it, all else in its PickleTree. Value type.
struct PickleValue {
    PickleKind kind = PickleKind::None;
    std::uint32_t length = 0;  ///< Of Text and Bytes.
    std::uint64_t payload = 0; ///< Number, position in the pickle, or index in the tree.
};

/// What a pickle describes, as data. Values may share parts and contain themselves: whoever walks
/// through it must bound the depth. Refers to the pickle's bytes, which must outlive it. Immutable
/// once read, any thread.
class PickleTree {
public:
    explicit PickleTree(std::span<const std::byte> pickle)
        : pickle_(pickle) {}

    [[nodiscard]] PickleValue root() const { return root_; }

    /// Contents of Text, Bytes and Global, else empty.
    [[nodiscard]] std::string_view text(PickleValue value) const;
    /// Nothing for other kinds.
    [[nodiscard]] std::optional<std::int64_t> integer(PickleValue value) const;
    /// Items of Tuple, List, Dict, Call, Persistent, else empty.
    [[nodiscard]] std::span<const PickleValue> items(PickleValue value) const;
    /// Arguments of a Call of that global, nothing for anything else.
    [[nodiscard]] std::optional<std::span<const PickleValue>> callOf(PickleValue value,
                                                                     std::string_view global) const;
    /// All Persistent values, in the order in which they occur.
    [[nodiscard]] std::span<const PickleValue> persistents() const { return persistents_; }
    /// Value of a Dict's text key, the last one if there are several.
    [[nodiscard]] std::optional<PickleValue> entry(PickleValue dict, std::string_view key) const;

private:
    friend class PickleMachine;

    struct Node {
        bool ordered = false; ///< Came from OrderedDict().
        std::vector<PickleValue> items;
    };

    std::span<const std::byte> pickle_;
    std::deque<Node> nodes_;
    std::vector<std::string> globals_;
    std::vector<PickleValue> persistents_;
    PickleValue root_;
};

} // namespace gesture::io
