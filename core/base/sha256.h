// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace gesture {

/// SHA-256 (FIPS 180-4) of bytes that come in pieces. Value type, one thread at a time.
class Sha256 {
public:
    void update(std::span<const std::byte> bytes);
    /// The digest as 64 lower-case hexadecimal digits. Call once, after the last `update`.
    [[nodiscard]] std::string finish();

private:
    void compress(const std::byte* block);

    std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                           0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::byte, 64> block_{};
    std::size_t filled_ = 0;
    std::uint64_t length_ = 0; ///< bytes so far
};

[[nodiscard]] std::string sha256Of(std::string_view bytes);
/// Reads the file in pieces. NotFound or Io.
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path& path);

} // namespace gesture
