// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/tensor.h"

#include "core/base/utf8.h"

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
    for (std::size_t at = 0; at < name.size();) {
        const auto character = utf8CharacterAt(name, at);
        if (!character || character->value < 0x20 || character->value == 0x7f) return false;
        at += character->length;
    }
    return true;
}

std::string shownName(std::string_view name) { return shownText(name, kMaxShownBytes); }

} // namespace gesture::io
