// SPDX-License-Identifier: Apache-2.0
#include "core/io/npy.h"

#include "core/base/assert.h"
#include "core/base/utf8.h"
#include "core/io/byte_order.h"
#include "core/io/npy_codec.h"
#include "core/io/npy_header.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <type_traits>
#include <utility>

namespace gesture::io {

namespace {

constexpr char32_t kReplacement = 0xfffd;

/// IEEE 754 binary16, kept as its bits.
struct Half {
    std::uint16_t bits;
};

float toFloat(Half half) {
    const int exponent = (half.bits >> 10) & 0x1f;
    const int mantissa = half.bits & 0x3ff;
    const float sign = (half.bits & 0x8000) != 0 ? -1.0F : 1.0F;
    if (exponent == 0x1f)
        return mantissa != 0 ? std::numeric_limits<float>::quiet_NaN()
                             : sign * std::numeric_limits<float>::infinity();
    if (exponent == 0) return sign * std::ldexp(static_cast<float>(mantissa), -24);
    return sign * std::ldexp(static_cast<float>(mantissa + 0x400), exponent - 25);
}

/// Whether an integer type has exactly this value.
template <typename T>
bool fits(double value) {
    const double limit = std::ldexp(1.0, std::numeric_limits<T>::digits);
    const double lowest = std::is_signed_v<T> ? -limit : 0.0;
    return value >= lowest && value < limit && value == std::trunc(value);
}

/// Converts one element; false if T cannot hold it.
template <typename T, typename Source>
bool convert(Source source, T& out) {
    if constexpr (std::is_same_v<Source, Half>) {
        return convert(toFloat(source), out);
    } else if constexpr (std::is_same_v<Source, bool> || std::is_same_v<T, Source>) {
        out = static_cast<T>(source);
    } else if constexpr (std::is_same_v<T, float> && std::is_same_v<Source, double>) {
        constexpr double kLargest = std::numeric_limits<float>::max();
        const bool tooLarge = std::abs(source) > kLargest;
        out = tooLarge
                  ? std::copysign(std::numeric_limits<float>::infinity(), source < 0 ? -1.0F : 1.0F)
                  : static_cast<float>(source);
    } else if constexpr (std::is_floating_point_v<T>) {
        out = static_cast<T>(source);
    } else if constexpr (std::is_floating_point_v<Source>) {
        if (!fits<T>(static_cast<double>(source))) return false;
        out = static_cast<T>(source);
    } else {
        if (!std::in_range<T>(source)) return false;
        out = static_cast<T>(source);
    }
    return true;
}

template <typename Source>
Source elementAt(std::span<const std::byte> bytes, std::size_t index) {
    if constexpr (std::is_same_v<Source, bool>) {
        return bytes[index] != std::byte{0};
    } else {
        Source value;
        std::memcpy(&value, bytes.data() + index * sizeof(Source), sizeof(Source));
        return value;
    }
}

template <typename T, typename Source>
Result<std::vector<T>> convertAll(std::span<const std::byte> bytes) {
    std::vector<T> values(bytes.size() / sizeof(Source));
    if constexpr (std::is_same_v<T, Source>) {
        if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
        return values;
    }
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!convert(elementAt<Source>(bytes, i), values[i]))
            return Error{ErrorCode::InvalidInput,
                         fmt::format("Its element {} is not a whole number in range.", i)};
    return values;
}

template <typename T>
constexpr NpyType typeOf() {
    if constexpr (std::is_same_v<T, bool>) return NpyType::Bool;
    if constexpr (std::is_same_v<T, float>) return NpyType::Float32;
    if constexpr (std::is_same_v<T, double>) return NpyType::Float64;
    constexpr std::array<NpyType, 4> kSigned{NpyType::Int8, NpyType::Int16, NpyType::Int32,
                                             NpyType::Int64};
    constexpr std::array<NpyType, 4> kUnsigned{NpyType::Uint8, NpyType::Uint16, NpyType::Uint32,
                                               NpyType::Uint64};
    constexpr std::size_t kIndex = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
    return std::is_signed_v<T> ? kSigned[kIndex] : kUnsigned[kIndex];
}

/// What is no well-formed character becomes the replacement character, byte by byte.
std::u32string toUtf32(std::string_view text) {
    std::u32string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto character = utf8CharacterAt(text, at);
        result.push_back(character ? character->value : kReplacement);
        at += character ? character->length : 1;
    }
    return result;
}

NpyArray unicodeArray(std::span<const std::u32string> texts, std::vector<std::size_t> shape) {
    std::size_t length = 1; // as NumPy: an empty string takes one character
    for (const auto& text : texts)
        length = std::max(length, text.size());
    std::vector<std::byte> bytes(texts.size() * length * sizeof(char32_t));
    for (std::size_t i = 0; i < texts.size(); ++i)
        std::memcpy(bytes.data() + i * length * sizeof(char32_t), texts[i].data(),
                    texts[i].size() * sizeof(char32_t));
    return NpyCodec::make(NpyType::Unicode, length, std::move(shape), std::move(bytes));
}

} // namespace

std::string describeShape(std::span<const std::size_t> shape) {
    return shape.size() == 1 ? fmt::format("({},)", shape[0])
                             : fmt::format("({})", fmt::join(shape, ", "));
}

std::size_t NpyArray::elementCount() const {
    std::size_t count = 1;
    for (const std::size_t size : shape_)
        count *= size;
    return count;
}

std::string NpyArray::describe() const {
    static constexpr std::array<std::string_view, 13> kNames{
        "bool",   "int8",   "int16",   "int32",   "int64",   "uint8", "uint16",
        "uint32", "uint64", "float16", "float32", "float64", "text"};
    return fmt::format("{} {}", describeShape(shape_), kNames[static_cast<std::size_t>(type_)]);
}

template <typename T>
NpyArray NpyArray::from(std::span<const T> values, std::vector<std::size_t> shape) {
    NpyArray array;
    array.type_ = typeOf<T>();
    array.shape_ = std::move(shape);
    GESTURE_ASSERT(array.elementCount() == values.size());
    const auto bytes = std::as_bytes(values);
    array.bytes_.assign(bytes.begin(), bytes.end());
    return array;
}

NpyArray NpyArray::fromString(std::string_view text) {
    const std::u32string wide = toUtf32(text);
    return unicodeArray(std::span(&wide, 1), {});
}

NpyArray NpyArray::fromStrings(std::span<const std::string> texts) {
    std::vector<std::u32string> wide;
    for (const auto& text : texts)
        wide.push_back(toUtf32(text));
    return unicodeArray(wide, {texts.size()});
}

template <typename T>
Result<std::vector<T>> NpyArray::numbers() const {
    switch (type_) {
    case NpyType::Bool:
        return convertAll<T, bool>(bytes_);
    case NpyType::Int8:
        return convertAll<T, std::int8_t>(bytes_);
    case NpyType::Int16:
        return convertAll<T, std::int16_t>(bytes_);
    case NpyType::Int32:
        return convertAll<T, std::int32_t>(bytes_);
    case NpyType::Int64:
        return convertAll<T, std::int64_t>(bytes_);
    case NpyType::Uint8:
        return convertAll<T, std::uint8_t>(bytes_);
    case NpyType::Uint16:
        return convertAll<T, std::uint16_t>(bytes_);
    case NpyType::Uint32:
        return convertAll<T, std::uint32_t>(bytes_);
    case NpyType::Uint64:
        return convertAll<T, std::uint64_t>(bytes_);
    case NpyType::Float16:
        return convertAll<T, Half>(bytes_);
    case NpyType::Float32:
        return convertAll<T, float>(bytes_);
    case NpyType::Float64:
        return convertAll<T, double>(bytes_);
    case NpyType::Unicode:
        break;
    }
    return Error{ErrorCode::InvalidInput, "It holds text instead of numbers."};
}

Result<std::vector<std::string>> NpyArray::strings() const {
    if (type_ != NpyType::Unicode)
        return Error{ErrorCode::InvalidInput, "It holds numbers instead of text."};
    std::vector<std::string> texts(elementCount());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        std::u32string wide(unicodeLength_, U'\0');
        std::memcpy(wide.data(), bytes_.data() + i * unicodeLength_ * sizeof(char32_t),
                    unicodeLength_ * sizeof(char32_t));
        wide.erase(wide.find_last_not_of(U'\0') + 1);
        for (const char32_t value : wide)
            if (!appendUtf8(texts[i], value))
                return Error{ErrorCode::InvalidInput,
                             "Its text holds characters that do not exist."};
    }
    return texts;
}

template NpyArray NpyArray::from(std::span<const bool>, std::vector<std::size_t>);
template NpyArray NpyArray::from(std::span<const std::int8_t>, std::vector<std::size_t>);
template NpyArray NpyArray::from(std::span<const std::int16_t>, std::vector<std::size_t>);
template NpyArray NpyArray::from(std::span<const std::int32_t>, std::vector<std::size_t>);
template NpyArray NpyArray::from(std::span<const std::int64_t>, std::vector<std::size_t>);
template NpyArray NpyArray::from(std::span<const std::uint8_t>, std::vector<std::size_t>);
template NpyArray NpyArray::from(std::span<const std::uint16_t>, std::vector<std::size_t>);
template NpyArray NpyArray::from(std::span<const std::uint32_t>, std::vector<std::size_t>);
template NpyArray NpyArray::from(std::span<const std::uint64_t>, std::vector<std::size_t>);
template NpyArray NpyArray::from(std::span<const float>, std::vector<std::size_t>);
template NpyArray NpyArray::from(std::span<const double>, std::vector<std::size_t>);

template Result<std::vector<std::int8_t>> NpyArray::numbers() const;
template Result<std::vector<std::int16_t>> NpyArray::numbers() const;
template Result<std::vector<std::int32_t>> NpyArray::numbers() const;
template Result<std::vector<std::int64_t>> NpyArray::numbers() const;
template Result<std::vector<std::uint8_t>> NpyArray::numbers() const;
template Result<std::vector<std::uint16_t>> NpyArray::numbers() const;
template Result<std::vector<std::uint32_t>> NpyArray::numbers() const;
template Result<std::vector<std::uint64_t>> NpyArray::numbers() const;
template Result<std::vector<float>> NpyArray::numbers() const;
template Result<std::vector<double>> NpyArray::numbers() const;

Result<NpyArray> parseNpy(std::span<const std::byte> file) {
    auto header = parseNpyHeader(file);
    if (!header) return std::move(header).error();
    if (!header->element) return NpyCodec::unsupported(*header);
    const auto payload = file.subspan(header->headerBytes);
    if (payload.size() != header->payloadBytes)
        return Error{
            ErrorCode::InvalidInput,
            fmt::format("Its shape {} takes {} bytes, but it holds {}. Copy the file again.",
                        describeShape(header->shape), header->payloadBytes, payload.size())};
    return NpyCodec::decode(*header, std::vector<std::byte>(payload.begin(), payload.end()));
}

std::vector<std::byte> serializeNpyHeader(const NpyArray& array) {
    // numpy/lib/_format_impl.py, _write_array_header and _wrap_header: room for the first size to
    // grow to 21 digits, then blanks up to a multiple of 64 (at least one), then a line end.
    constexpr std::size_t kGrowthDigits = 21;
    constexpr std::size_t kAlignment = 64;
    constexpr std::size_t kPrefix = 10;
    std::string text = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}",
                                   NpyCodec::dtypeOf(array), describeShape(array.shape()));
    if (!array.shape().empty())
        text.append(kGrowthDigits - std::to_string(array.shape()[0]).size(), ' ');
    text.append(kAlignment - (kPrefix + text.size() + 1) % kAlignment, ' ');
    text += '\n';

    std::vector<std::byte> bytes;
    for (const char c : std::string_view("\x93NUMPY\x01\x00", 8))
        bytes.push_back(static_cast<std::byte>(c));
    appendLittle(bytes, static_cast<std::uint16_t>(text.size()));
    for (const char c : text)
        bytes.push_back(static_cast<std::byte>(c));
    return bytes;
}

std::vector<std::byte> serializeNpy(const NpyArray& array) {
    std::vector<std::byte> bytes = serializeNpyHeader(array);
    bytes.insert(bytes.end(), array.bytes().begin(), array.bytes().end());
    return bytes;
}

} // namespace gesture::io
