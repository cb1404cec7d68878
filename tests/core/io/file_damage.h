// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::test {

inline std::vector<std::byte> readBytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

inline void writeBytes(const std::filesystem::path& path, const std::vector<std::byte>& bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
}

/// Calls `check` with the file shortened to every length from one byte less down to zero.
inline void forEachTruncation(const std::filesystem::path& path,
                              const std::function<void(std::size_t)>& check) {
    for (std::size_t length = std::filesystem::file_size(path); length-- > 0;) {
        std::filesystem::resize_file(path, length);
        check(length);
    }
}

/// Calls `check` with each byte of the file changed in turn: its lowest bit, then all bits.
inline void forEachFlip(const std::filesystem::path& path,
                        const std::function<void(std::size_t)>& check) {
    const std::vector<std::byte> bytes = readBytes(path);
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    const auto put = [&](std::size_t offset, std::byte value) {
        file.seekp(static_cast<std::streamoff>(offset));
        file.put(static_cast<char>(value));
        file.flush();
    };
    for (std::size_t offset = 0; offset < bytes.size(); ++offset) {
        for (const std::byte mask : {std::byte{0x01}, std::byte{0xff}}) {
            put(offset, bytes[offset] ^ mask);
            check(offset);
        }
        put(offset, bytes[offset]);
    }
}

} // namespace gesture::test
