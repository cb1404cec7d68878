// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gesture::test {

using ByteVector = std::vector<std::byte>;

[[nodiscard]] ByteVector bytesOf(const std::string& text);
[[nodiscard]] ByteVector deflated(const ByteVector& bytes);
[[nodiscard]] std::uint32_t checksum(const ByteVector& bytes);

/// One member of an archive that a test writes by hand, honest unless a field says otherwise.
struct RawMember {
    std::string name;
    ByteVector data;                      ///< As it lies in the archive.
    std::uint16_t method = 0;             ///< 0 stored, 8 deflated.
    std::uint16_t flags = 0;              ///< Bit 3 adds a data descriptor.
    std::uint32_t crc = 0;                ///< Of the unpacked bytes.
    std::uint64_t size = 0;               ///< Unpacked.
    std::optional<std::string> localName; ///< Where the local header is to contradict.
    std::optional<std::uint32_t> localSize;
    std::optional<std::uint32_t> localOffset; ///< What the directory says.
    ByteVector extra;                         ///< Extra field of both headers.
};

[[nodiscard]] RawMember storedMember(const std::string& name, const std::string& text);
[[nodiscard]] RawMember deflatedMember(const std::string& name, const ByteVector& bytes);

/// What the end record says, where it is to lie.
struct RawEnd {
    std::optional<std::uint16_t> entries;
    std::optional<std::uint32_t> directorySize;
    std::optional<std::uint32_t> directoryOffset;
    std::uint16_t disk = 0;
    std::string comment;
};

[[nodiscard]] ByteVector rawZip(const std::vector<RawMember>& members, const RawEnd& end = {});

} // namespace gesture::test
