// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/png_encoder.h"

#include "core/base/assert.h"

#include <cmath>
#include <limits>
#include <zlib.h>

namespace gesture::io {

namespace {

constexpr double kInchesPerMetre = 1.0 / 0.0254;

void appendBig(std::string& out, std::uint32_t value) {
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        out += static_cast<char>((value >> shift) & 0xffU);
}

void appendChunk(std::string& out, std::string_view type, std::string_view content) {
    appendBig(out, static_cast<std::uint32_t>(content.size()));
    const std::size_t begin = out.size();
    out += type;
    out += content;
    const auto* bytes = reinterpret_cast<const Bytef*>(out.data() + begin);
    appendBig(out,
              static_cast<std::uint32_t>(crc32(0, bytes, static_cast<uInt>(out.size() - begin))));
}

/// Each row as its difference to the one above (filter 2), which repeats in drawings.
std::string filteredRows(const PngPicture& picture) {
    const std::size_t rowBytes = static_cast<std::size_t>(picture.columns) * 3;
    std::string rows;
    rows.reserve(static_cast<std::size_t>(picture.rows) * (rowBytes + 1));
    for (std::size_t row = 0; row < static_cast<std::size_t>(picture.rows); ++row) {
        rows += '\x02';
        const auto cells = picture.rgb.subspan(row * rowBytes, rowBytes);
        for (std::size_t i = 0; i < rowBytes; ++i) {
            const int above = row > 0 ? picture.rgb[(row - 1) * rowBytes + i] : 0;
            rows += static_cast<char>(cells[i] - above);
        }
    }
    return rows;
}

} // namespace

std::string deflated(std::string_view bytes) {
    GESTURE_ASSERT(bytes.size() < std::numeric_limits<uLong>::max() / 2);
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string packed(size, '\0');
    const int done = compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                               reinterpret_cast<const Bytef*>(bytes.data()),
                               static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
    GESTURE_ASSERT(done == Z_OK);
    packed.resize(size);
    return packed;
}

std::string encodePng(const PngPicture& picture) {
    std::string out("\x89PNG\r\n\x1a\n", 8);
    std::string header;
    appendBig(header, static_cast<std::uint32_t>(picture.columns));
    appendBig(header, static_cast<std::uint32_t>(picture.rows));
    header += std::string_view("\x08\x02\x00\x00\x00", 5); // 8 bits, RGB
    appendChunk(out, "IHDR", header);
    if (picture.pixelsPerInch > 0.0) {
        std::string density;
        const auto perMetre =
            static_cast<std::uint32_t>(std::lround(picture.pixelsPerInch * kInchesPerMetre));
        appendBig(density, perMetre);
        appendBig(density, perMetre);
        density += '\x01';
        appendChunk(out, "pHYs", density);
    }
    for (const auto& [key, text] : picture.texts)
        // iTXt: key, not compressed, no language, no translated key.
        appendChunk(out, "iTXt", key + std::string("\0\0\0\0\0", 5) + text);
    appendChunk(out, "IDAT", deflated(filteredRows(picture)));
    appendChunk(out, "IEND", {});
    return out;
}

} // namespace gesture::io
