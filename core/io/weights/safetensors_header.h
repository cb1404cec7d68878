// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/weights/safetensors.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace gesture::io {

inline constexpr std::uint64_t kMaxSafetensorsHeader = std::uint64_t{16} << 20;

/// The JSON at the beginning of a safetensors file, checked in itself: each tensor has a type, a
/// shape and offsets whose difference is its size in bytes.
struct SafetensorsHeader {
    struct Entry {
        TensorInfo info;
        std::uint64_t begin = 0; ///< Bytes from the end of the header.
        std::uint64_t end = 0;
    };
    std::vector<Entry> entries; ///< In the order of the file.
    TensorMetadata metadata;
};

/// Parses without building a document, so that memory stays near the size of the text.
/// InvalidInput or LimitExceeded, without the name of the file.
[[nodiscard]] Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json);

} // namespace gesture::io
