// SPDX-License-Identifier: Apache-2.0
#include "training/stages/shuffled_order.h"

#include "core/base/assert.h"

namespace gesture::training {

namespace {

std::uint64_t scrambledBits(std::uint64_t z) {
    z += 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

} // namespace

std::uint64_t mixedKey(std::uint64_t first, std::uint64_t second, std::uint64_t third) {
    return scrambledBits(scrambledBits(scrambledBits(first) ^ second) ^ third);
}

ShuffledOrder::ShuffledOrder(std::int64_t count, std::uint64_t key)
    : count_(static_cast<std::uint64_t>(count))
    , key_(key)
    , halfBits_(1) {
    GESTURE_ASSERT(count > 0);
    while ((std::uint64_t{1} << (2 * halfBits_)) < count_)
        ++halfBits_;
}

std::int64_t ShuffledOrder::at(std::int64_t place) const {
    constexpr std::uint64_t kRounds = 6;
    const std::uint64_t half = (std::uint64_t{1} << halfBits_) - 1;
    auto value = static_cast<std::uint64_t>(place);
    do {
        std::uint64_t left = value >> halfBits_;
        std::uint64_t right = value & half;
        for (std::uint64_t round = 0; round < kRounds; ++round) {
            const std::uint64_t mixed = left ^ (mixedKey(key_, round, right) & half);
            left = right;
            right = mixed;
        }
        value = (left << halfBits_) | right;
    } while (value >= count_);
    return static_cast<std::int64_t>(value);
}

} // namespace gesture::training
