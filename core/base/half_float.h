// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace gesture {

// Numbers of half precision (IEEE 754 binary16) are kept as their 16 bits.

/// Exact.
[[nodiscard]] float floatFromHalf(std::uint16_t bits);

/// Rounds to the nearest, halves to even; too large ones become infinite, NaN stays NaN.
[[nodiscard]] std::uint16_t halfFromFloat(float value);

} // namespace gesture
