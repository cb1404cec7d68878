// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace gesture::test {

/// splitmix64 of a stream and a position; tests/golden/counter_random.py makes the same numbers.
inline std::uint64_t counterBits(std::uint64_t stream, std::uint64_t position) {
    std::uint64_t z = ((stream << 40) + position + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

/// Uniform in [-1, 1).
inline float counterUniform(std::uint64_t stream, std::uint64_t position) {
    constexpr float kScale = 1.0F / 8388608.0F;
    return static_cast<float>(counterBits(stream, position) >> 40) * kScale - 1.0F;
}

} // namespace gesture::test
