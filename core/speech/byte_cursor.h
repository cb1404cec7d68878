// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace gesture::speech {

/// Reads little-endian values off a file's bytes, front to back, never past their end. The bytes
/// outlive it. One thread.
class ByteCursor {
public:
    explicit ByteCursor(std::string_view bytes)
        : bytes_(bytes) {}

    [[nodiscard]] std::size_t left() const { return bytes_.size() - position_; }
    [[nodiscard]] std::size_t position() const { return position_; }

    /// The next `count` bytes; empty optional when there are fewer.
    [[nodiscard]] std::optional<std::string_view> take(std::size_t count) {
        if (count > left()) return std::nullopt;
        const std::string_view taken = bytes_.substr(position_, count);
        position_ += count;
        return taken;
    }

    /// The next value of a plain type.
    template <typename T>
    [[nodiscard]] std::optional<T> value() {
        const auto bytes = take(sizeof(T));
        if (!bytes) return std::nullopt;
        T result{};
        std::memcpy(&result, bytes->data(), sizeof(T));
        return result;
    }

    /// Fills `out`; false when there are too few bytes.
    template <typename T, std::size_t Extent>
    [[nodiscard]] bool fill(std::span<T, Extent> out) {
        const auto bytes = take(out.size_bytes());
        if (!bytes) return false;
        if (!out.empty()) std::memcpy(out.data(), bytes->data(), out.size_bytes());
        return true;
    }

private:
    std::string_view bytes_;
    std::size_t position_ = 0;
};

} // namespace gesture::speech
