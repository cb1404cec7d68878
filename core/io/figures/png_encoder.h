// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gesture::io {

/// A picture to be encoded.
struct PngPicture {
    int columns = 0;
    int rows = 0;
    std::span<const std::uint8_t> rgb; ///< (rows, columns, 3)
    double pixelsPerInch = 0.0;        ///< 0: not said.
    /// Keys of PNG ("Title", "Software") and their texts, UTF-8.
    std::vector<std::pair<std::string, std::string>> texts;
};

/// A PNG of 8 bits a channel. Same picture, same bytes.
[[nodiscard]] std::string encodePng(const PngPicture& picture);

/// zlib's stream of the bytes, at its best compression.
[[nodiscard]] std::string deflated(std::string_view bytes);

} // namespace gesture::io
