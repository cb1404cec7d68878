// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace gesture {

/// XXH64 with seed 0 of bytes that come in pieces: tells contents apart at the speed of memory, for
/// caches and against damage. No protection against forgery (use Sha256). Value type, one thread.
class FastHash {
public:
    void update(std::span<const std::byte> bytes);
    /// Call once, after the last `update`.
    [[nodiscard]] std::uint64_t finish();

private:
    static constexpr std::size_t kStripe = 32; ///< bytes
    void consume(const std::byte* stripe);

    std::array<std::uint64_t, 4> lanes_ = {0x60EA27EEADC0B5D6, 0xC2B2AE3D27D4EB4F, 0,
                                           0x61C8864E7A143579};
    std::array<std::byte, kStripe> rest_{};
    std::size_t filled_ = 0;
    std::uint64_t length_ = 0; ///< bytes so far
};

[[nodiscard]] std::uint64_t fastHashOf(std::span<const std::byte> bytes);
/// Reads the file in pieces. NotFound, Io or Cancelled.
[[nodiscard]] Result<std::uint64_t> fastHashOfFile(const std::filesystem::path& path,
                                                   JobControl& control);

} // namespace gesture
