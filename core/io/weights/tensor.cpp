// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/tensor.h"

#include <array>

namespace gesture::io {

namespace {

struct TypeRow {
    std::string_view name;
    std::size_t bytes;
};

constexpr std::array<TypeRow, 10> kTypes{{{"F64", 8},
                                          {"F32", 4},
                                          {"F16", 2},
                                          {"BF16", 2},
                                          {"I64", 8},
                                          {"I32", 4},
                                          {"I16", 2},
                                          {"I8", 1},
                                          {"U8", 1},
                                          {"BOOL", 1}}};

constexpr std::size_t kMaxNameBytes = 1024;
constexpr std::size_t kMaxShownBytes = 80;

/// Bytes of the UTF-8 sequence that `text` begins with, 0 when it is none.
std::size_t sequenceLength(std::string_view text) {
    const auto byteAt = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byteAt(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byteAt(i) & 0xc0U) != 0x80) return 0;
    const unsigned second = byteAt(1);
    const bool wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                       (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return wrong ? 0 : length;
}

} // namespace

std::size_t elementSize(TensorType type) { return kTypes[static_cast<std::size_t>(type)].bytes; }

std::string_view nameOf(TensorType type) { return kTypes[static_cast<std::size_t>(type)].name; }

std::optional<TensorType> tensorTypeFrom(std::string_view name) {
    for (std::size_t i = 0; i < kTypes.size(); ++i)
        if (kTypes[i].name == name) return static_cast<TensorType>(i);
    return std::nullopt;
}

std::optional<std::uint64_t> elementCount(std::span<const std::uint64_t> shape) {
    std::uint64_t count = 1;
    for (const std::uint64_t size : shape)
        if (__builtin_mul_overflow(count, size, &count)) return std::nullopt;
    return count;
}

std::optional<std::uint64_t> byteCount(TensorType type, std::span<const std::uint64_t> shape) {
    const auto count = elementCount(shape);
    std::uint64_t bytes = 0;
    if (!count || __builtin_mul_overflow(*count, elementSize(type), &bytes)) return std::nullopt;
    return bytes;
}

std::string describeTensorShape(std::span<const std::uint64_t> shape) {
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
    return text + ")";
}

bool isTensorName(std::string_view name) {
    if (name.empty() || name.size() > kMaxNameBytes) return false;
    while (!name.empty()) {
        const std::size_t length = sequenceLength(name);
        const auto first = static_cast<unsigned char>(name[0]);
        if (length == 0 || first < 0x20 || first == 0x7f) return false;
        name.remove_prefix(length);
    }
    return true;
}

std::string shownText(std::string_view text) {
    std::string shown(text.substr(0, kMaxShownBytes));
    for (char& letter : shown)
        if (letter < 0x20 || letter > 0x7e) letter = '?';
    if (text.size() > kMaxShownBytes) shown += "...";
    return shown;
}

} // namespace gesture::io
