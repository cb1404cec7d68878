// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/assert.h"

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

namespace gesture::io {

// Zip and npy hold little-endian numbers, and so do all machines this program is built for.
static_assert(std::endian::native == std::endian::little);

/// The little-endian number at `offset`, which must lie inside `bytes` as a whole.
template <std::unsigned_integral T>
[[nodiscard]] T littleAt(std::span<const std::byte> bytes, std::size_t offset) {
    GESTURE_ASSERT(offset <= bytes.size() && sizeof(T) <= bytes.size() - offset);
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
    return value;
}

/// Appends a number in little-endian order.
template <std::unsigned_integral T>
void appendLittle(std::vector<std::byte>& bytes, T value) {
    const auto* first = reinterpret_cast<const std::byte*>(&value);
    bytes.insert(bytes.end(), first, first + sizeof(T));
}

} // namespace gesture::io
