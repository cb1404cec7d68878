// SPDX-License-Identifier: Apache-2.0
#include "render/image.h"

#include "core/base/atomic_file.h"

#include <cstring>
#include <fmt/format.h>
#include <png.h>

namespace gesture::render {

namespace {

constexpr std::uint64_t kMaxPixels = std::uint64_t{1} << 26;
constexpr std::size_t kMaxFileBytes = std::size_t{512} << 20;

/// Frees what libpng keeps in a png_image, whatever way the function ends.
struct PngImage {
    PngImage() {
        std::memset(&image, 0, sizeof(image));
        image.version = PNG_IMAGE_VERSION;
    }
    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;
    ~PngImage() { png_image_free(&image); }
    png_image image;
};

bool isOpaque(const Image& image) {
    for (std::size_t i = 3; i < image.pixels.size(); i += 4)
        if (image.pixels[i] != 255) return false;
    return true;
}

std::vector<std::uint8_t> withoutAlpha(const Image& image) {
    std::vector<std::uint8_t> rgb;
    rgb.reserve(image.pixels.size() / 4 * 3);
    for (std::size_t i = 0; i < image.pixels.size(); i += 4)
        rgb.insert(rgb.end(), {image.pixels[i], image.pixels[i + 1], image.pixels[i + 2]});
    return rgb;
}

Status checkSize(const Image& image) {
    const bool fits = image.width > 0 && image.height > 0 && image.width <= kMaxImageSide &&
                      image.height <= kMaxImageSide &&
                      image.pixels.size() == 4 * static_cast<std::size_t>(image.width) *
                                                 static_cast<std::size_t>(image.height);
    if (fits) return Status::success();
    return Error(ErrorCode::InvalidInput,
                 fmt::format("A picture of {} x {} pixels cannot be written: sides must lie "
                             "between 1 and {}, with four bytes a pixel.",
                             image.width, image.height, kMaxImageSide));
}

} // namespace

Result<std::vector<std::byte>> encodePng(const Image& image) {
    if (auto status = checkSize(image); !status) return std::move(status).error();
    const bool opaque = isOpaque(image);
    const std::vector<std::uint8_t> rgb =
        opaque ? withoutAlpha(image) : std::vector<std::uint8_t>();
    PngImage png;
    png.image.width = static_cast<png_uint_32>(image.width);
    png.image.height = static_cast<png_uint_32>(image.height);
    png.image.format = opaque ? PNG_FORMAT_RGB : PNG_FORMAT_RGBA;
    const void* pixels = opaque ? rgb.data() : image.pixels.data();
    // libpng's own bound on the compressed size; one pass, no second compression.
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png.image);
    std::vector<std::byte> bytes(size);
    if (png_image_write_to_memory(&png.image, bytes.data(), &size, 0, pixels, 0, nullptr) == 0)
        return Error(
            ErrorCode::Internal,
            fmt::format("The picture could not be written as PNG: {}.", png.image.message));
    bytes.resize(size);
    return bytes;
}

Status writePng(const std::filesystem::path& path, const Image& image) {
    auto bytes = encodePng(image);
    if (!bytes) return std::move(bytes).error();
    return writeFileAtomically(path, *bytes);
}

Result<Image> decodePng(std::span<const std::byte> bytes) {
    PngImage png;
    if (png_image_begin_read_from_memory(&png.image, bytes.data(), bytes.size()) == 0)
        return Error(ErrorCode::InvalidInput,
                     fmt::format("This is not a readable PNG picture: {}.", png.image.message));
    const std::uint64_t pixels = std::uint64_t{png.image.width} * png.image.height;
    constexpr auto kMaxSide = static_cast<png_uint_32>(kMaxImageSide);
    if (png.image.width > kMaxSide || png.image.height > kMaxSide || pixels > kMaxPixels)
        return Error(ErrorCode::LimitExceeded,
                     fmt::format("The picture has {} x {} pixels; at most {} a side and {} in all "
                                 "are read.",
                                 png.image.width, png.image.height, kMaxImageSide, kMaxPixels));
    png.image.format = PNG_FORMAT_RGBA;
    Image image;
    image.width = static_cast<int>(png.image.width);
    image.height = static_cast<int>(png.image.height);
    image.pixels.resize(PNG_IMAGE_SIZE(png.image));
    if (png_image_finish_read(&png.image, nullptr, image.pixels.data(), 0, nullptr) == 0)
        return Error(ErrorCode::InvalidInput,
                     fmt::format("The PNG picture is damaged: {}.", png.image.message));
    return image;
}

Result<Image> readPng(const std::filesystem::path& path) {
    auto text = readTextFile(path, kMaxFileBytes);
    if (!text) return std::move(text).error();
    auto image = decodePng(std::as_bytes(std::span(*text)));
    if (!image) return std::move(image).error().withContext(path.string());
    return image;
}

} // namespace gesture::render
