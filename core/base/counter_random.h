// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace gesture {

/// Random numbers that depend on a seed and a position alone (splitmix64): the same on every
/// machine, in any order. Value type.
class CounterRandom {
public:
    explicit CounterRandom(std::uint64_t seed)
        : seed_(mixed(seed)) {}

    /// The next number, uniform over all 64 bits.
    [[nodiscard]] std::uint64_t bits() { return mixed(seed_ + ++position_ * kStep); }
    /// The next number, uniform in [0, 1).
    [[nodiscard]] double uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
    /// The next number, uniform in [0, count); `count` must not be 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t count) {
        // Numbers past the last whole multiple of `count` would prefer some results.
        const std::uint64_t surplus = (0 - count) % count;
        std::uint64_t value = bits();
        while (value < surplus) {
            value = bits();
        }
        return value % count;
    }

private:
    static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15U;

    static constexpr std::uint64_t mixed(std::uint64_t z) {
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }

    std::uint64_t seed_;
    std::uint64_t position_ = 0;
};

} // namespace gesture
