// SPDX-License-Identifier: Apache-2.0
#include "tests/core/analysis/png_pixels.h"

#include <zlib.h>

namespace gesture::test {

namespace {

std::uint32_t bigAt(std::string_view text, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = (value << 8U) | static_cast<unsigned char>(text[at + i]);
    return value;
}

const Bytef* bytes(const std::string_view text) {
    return reinterpret_cast<const Bytef*>(text.data());
}

} // namespace

io::Colour PngPixels::at(int x, int y) const {
    const std::size_t pixel = 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) +
                                   static_cast<std::size_t>(x));
    return {rgb.at(pixel), rgb.at(pixel + 1), rgb.at(pixel + 2)};
}

PngPixels readPng(std::string_view png) {
    PngPixels picture;
    std::string packed;
    std::size_t at = 8;
    while (at + 12 <= png.size()) {
        const std::size_t length = bigAt(png, at);
        const std::string_view chunk = png.substr(at + 4, length + 4);
        if (bigAt(png, at + 8 + length) != crc32(0, bytes(chunk), static_cast<uInt>(chunk.size())))
            return {};
        picture.chunks.emplace_back(chunk.substr(0, 4));
        if (picture.chunks.back() == "IHDR") {
            picture.columns = static_cast<int>(bigAt(chunk, 4));
            picture.rows = static_cast<int>(bigAt(chunk, 8));
        }
        if (picture.chunks.back() == "IDAT") packed += chunk.substr(4);
        at += length + 12;
    }
    const std::size_t row = static_cast<std::size_t>(picture.columns) * 3;
    std::string rows(static_cast<std::size_t>(picture.rows) * (row + 1), '\0');
    uLongf size = rows.size();
    if (uncompress(reinterpret_cast<Bytef*>(rows.data()), &size, bytes(packed),
                   static_cast<uLong>(packed.size())) != Z_OK ||
        size != rows.size())
        return {};
    for (std::size_t y = 0; y < static_cast<std::size_t>(picture.rows); ++y)
        for (std::size_t i = 0; i < row; ++i) {
            const int above = y > 0 ? picture.rgb[(y - 1) * row + i] : 0;
            picture.rgb.push_back(static_cast<std::uint8_t>(
                static_cast<unsigned char>(rows[y * (row + 1) + 1 + i]) + above));
        }
    return picture;
}

} // namespace gesture::test
