// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/npy.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gesture::io {

/// How the elements of an array lie in a file.
struct NpyElement {
    NpyType type = NpyType::Float32;
    std::size_t itemBytes = 0;
    std::size_t unicodeLength = 0; ///< Characters, for strings only.
    bool bigEndian = false;
    bool byteString = false; ///< NumPy 'S': one byte a character.
};

/// The header of a .npy file.
struct NpyHeader {
    std::string dtype; ///< "<f4", "|O"; printable, shortened; "[…]" for structured types.
    std::vector<std::size_t> shape;
    bool fortranOrder = false;
    std::size_t headerBytes = 0; ///< Where the elements begin.
    /// Nothing for types that are never read: objects, complex numbers, structures, dates, ….
    std::optional<NpyElement> element;
    std::uint64_t elementCount = 0;
    std::uint64_t payloadBytes = 0; ///< Bytes of all elements; 0 without `element`.

    [[nodiscard]] bool isObject() const { return dtype.find('O') != std::string::npos; }
};

/// No .npy file is shorter than this; enough for `npyHeaderBytes`.
inline constexpr std::size_t kNpyPrefixBytes = 12;

/// Length of the whole header, from the first `kNpyPrefixBytes` of a file; at most 64 KiB.
/// InvalidInput when it is no .npy file of version 1.0, 2.0 or 3.0.
[[nodiscard]] Result<std::size_t> npyHeaderBytes(std::span<const std::byte> prefix);

/// Parses a whole header: a Python literal with exactly the keys 'descr', 'fortran_order' and
/// 'shape', read by a parser that knows nothing else. InvalidInput; products that overflow too.
[[nodiscard]] Result<NpyHeader> parseNpyHeader(std::span<const std::byte> header);

} // namespace gesture::io
