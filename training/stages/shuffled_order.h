// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace gesture::training {

/// A permutation of 0 … count - 1 that follows from a key alone and of which any place can be asked
/// for at once (a Feistel network, walked until it lands inside). Value type.
class ShuffledOrder {
public:
    /// `count` is at least 1.
    ShuffledOrder(std::int64_t count, std::uint64_t key);
    /// The element at `place`, 0 to count - 1.
    [[nodiscard]] std::int64_t at(std::int64_t place) const;

private:
    std::uint64_t count_;
    std::uint64_t key_;
    unsigned halfBits_;
};

/// A number that follows from three others, as if drawn.
[[nodiscard]] std::uint64_t mixedKey(std::uint64_t first, std::uint64_t second,
                                     std::uint64_t third = 0);

} // namespace gesture::training
