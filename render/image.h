// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace gesture::render {

/// A picture in memory: RGBA, 8 bits, sRGB, straight alpha, top row first. Value type.
struct Image {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels; ///< (height, width, 4)

    [[nodiscard]] std::span<const std::byte> bytes() const {
        return std::as_bytes(std::span(pixels));
    }
    /// First of the four values of a pixel. `x` and `y` must lie inside.
    [[nodiscard]] const std::uint8_t* at(int x, int y) const {
        return pixels.data() + 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                                    static_cast<std::size_t>(x));
    }
};

/// Largest side of a picture that is written, read or rendered.
inline constexpr int kMaxImageSide = 16384;

/// PNG of the picture; the same picture gives the same bytes. Without alpha when all is opaque.
/// InvalidInput when the sizes do not fit the pixels.
[[nodiscard]] Result<std::vector<std::byte>> encodePng(const Image& image);
/// Writes through a temporary: the old file or the whole new one.
[[nodiscard]] Status writePng(const std::filesystem::path& path, const Image& image);

/// Reads any PNG as RGBA. InvalidInput for damage, LimitExceeded for sides over kMaxImageSide or
/// more than 2^26 pixels.
[[nodiscard]] Result<Image> decodePng(std::span<const std::byte> bytes);
[[nodiscard]] Result<Image> readPng(const std::filesystem::path& path);

} // namespace gesture::render
