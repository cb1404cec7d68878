// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/figures/figure.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::test {

/// What a PNG holds; sums of all chunks are checked while it is read. Empty if one is wrong.
struct PngPixels {
    int columns = 0;
    int rows = 0;
    std::vector<std::uint8_t> rgb;
    std::vector<std::string> chunks; ///< Their types.

    [[nodiscard]] io::Colour at(int x, int y) const;
};

/// Reads 8-bit RGB whose rows use filter 2, as the program writes it.
PngPixels readPng(std::string_view png);

} // namespace gesture::test
