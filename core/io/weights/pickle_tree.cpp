// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/pickle_tree.h"

#include <bit>

namespace gesture::io {

std::string_view PickleTree::text(PickleValue value) const {
    if (value.kind == PickleKind::Global) return globals_[value.payload];
    if (value.kind != PickleKind::Text && value.kind != PickleKind::Bytes) return {};
    return {reinterpret_cast<const char*>(pickle_.data()) + value.payload, value.length};
}

std::optional<std::int64_t> PickleTree::integer(PickleValue value) const {
    if (value.kind != PickleKind::Integer) return std::nullopt;
    return std::bit_cast<std::int64_t>(value.payload);
}

std::span<const PickleValue> PickleTree::items(PickleValue value) const {
    if (value.kind < PickleKind::Tuple) return {};
    return nodes_[value.payload].items;
}

std::optional<std::span<const PickleValue>> PickleTree::callOf(PickleValue value,
                                                               std::string_view global) const {
    if (value.kind != PickleKind::Call) return std::nullopt;
    const auto parts = items(value);
    if (text(parts[0]) != global) return std::nullopt;
    return items(parts[1]);
}

std::optional<PickleValue> PickleTree::entry(PickleValue dict, std::string_view key) const {
    if (dict.kind != PickleKind::Dict) return std::nullopt;
    const auto parts = items(dict);
    for (std::size_t i = parts.size(); i >= 2; i -= 2)
        if (parts[i - 2].kind == PickleKind::Text && text(parts[i - 2]) == key) return parts[i - 1];
    return std::nullopt;
}

} // namespace gesture::io
