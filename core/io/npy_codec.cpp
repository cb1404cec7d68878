// SPDX-License-Identifier: Apache-2.0
#include "core/io/npy_codec.h"

#include "core/base/assert.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>
#include <utility>

namespace gesture::io {

namespace {

using Bytes = std::vector<std::byte>;

void swapEach(Bytes& bytes, std::size_t unit) {
    for (std::size_t i = 0; i + unit <= bytes.size(); i += unit) {
        const auto first = bytes.begin() + static_cast<std::ptrdiff_t>(i);
        std::reverse(first, first + static_cast<std::ptrdiff_t>(unit));
    }
}

/// Latin-1 bytes to UTF-32.
Bytes widen(const Bytes& narrow) {
    Bytes wide(4 * narrow.size());
    for (std::size_t i = 0; i < narrow.size(); ++i)
        wide[4 * i] = narrow[i];
    return wide;
}

/// Bytes between neighbours along each axis of a Fortran-ordered array.
std::vector<std::size_t> fortranStrides(std::span<const std::size_t> shape, std::size_t itemBytes) {
    std::vector<std::size_t> strides;
    std::size_t stride = itemBytes;
    for (const std::size_t size : shape) {
        strides.push_back(stride);
        stride *= size;
    }
    return strides;
}

/// Walks the result in C order and picks each element from its place in the source.
Bytes toCOrder(const Bytes& source, std::span<const std::size_t> shape, std::size_t itemBytes) {
    Bytes result(source.size());
    const auto strides = fortranStrides(shape, itemBytes);
    std::vector<std::size_t> index(shape.size(), 0);
    std::size_t from = 0;
    for (std::size_t to = 0; to < result.size(); to += itemBytes) {
        std::memcpy(result.data() + to, source.data() + from, itemBytes);
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            from += strides[axis];
            if (++index[axis] < shape[axis]) break;
            from -= strides[axis] * shape[axis];
            index[axis] = 0;
        }
    }
    return result;
}

} // namespace

Error NpyCodec::unsupported(const NpyHeader& header) {
    if (header.isObject())
        return {ErrorCode::InvalidInput,
                "It holds Python objects, which this program never reads."};
    return {
        ErrorCode::InvalidInput,
        fmt::format("It holds elements of type '{}'; numbers and text can be read.", header.dtype)};
}

Result<NpyArray> NpyCodec::decode(const NpyHeader& header, Bytes payload) {
    if (!header.element) return unsupported(header);
    const NpyElement& element = *header.element;
    GESTURE_ASSERT(payload.size() == header.payloadBytes);
    const bool text = element.type == NpyType::Unicode;
    if (element.bigEndian && !element.byteString)
        swapEach(payload, text ? sizeof(char32_t) : element.itemBytes);
    if (header.fortranOrder && header.shape.size() > 1)
        payload = toCOrder(payload, header.shape, element.itemBytes);
    if (element.byteString) payload = widen(payload);
    return make(element.type, element.unicodeLength, header.shape, std::move(payload));
}

NpyArray NpyCodec::make(NpyType type, std::size_t unicodeLength, std::vector<std::size_t> shape,
                        Bytes bytes) {
    NpyArray array;
    array.type_ = type;
    array.unicodeLength_ = unicodeLength;
    array.shape_ = std::move(shape);
    array.bytes_ = std::move(bytes);
    return array;
}

std::string NpyCodec::dtypeOf(const NpyArray& array) {
    static constexpr std::array<std::string_view, 12> kCodes{
        "|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8"};
    if (array.type_ == NpyType::Unicode) return fmt::format("<U{}", array.unicodeLength_);
    return std::string(kCodes[static_cast<std::size_t>(array.type_)]);
}

} // namespace gesture::io
