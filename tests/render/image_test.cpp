// SPDX-License-Identifier: Apache-2.0
#include "render/image.h"

#include "render/image_comparison.h"
#include "tests/support/counter_random.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace gesture::render {
namespace {

Image randomImage(int width, int height, bool opaque) {
    Image image{width, height, {}};
    for (std::uint64_t i = 0; i < 4U * static_cast<unsigned>(width * height); ++i) {
        const bool isAlpha = i % 4 == 3;
        image.pixels.push_back(
            isAlpha && opaque ? 255 : static_cast<std::uint8_t>(test::counterBits(1, i)));
    }
    return image;
}

class ImageAlphaTest : public ::testing::TestWithParam<bool> {};

TEST_P(ImageAlphaTest, PngKeepsEveryPixel) {
    const Image image = randomImage(37, 21, GetParam());
    const auto bytes = encodePng(image);
    ASSERT_TRUE(bytes.ok());
    const auto back = decodePng(*bytes);
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->width, 37);
    EXPECT_EQ(back->height, 21);
    EXPECT_EQ(back->pixels, image.pixels);
}

INSTANTIATE_TEST_SUITE_P(Image, ImageAlphaTest, ::testing::Bool());

TEST(Image, TheSamePictureGivesTheSameBytes) {
    const Image image = randomImage(40, 30, true);
    EXPECT_EQ(*encodePng(image), *encodePng(image));
}

TEST(Image, WritesToAFileAndReadsItBack) {
    const test::TemporaryFolder folder;
    const Image image = randomImage(8, 9, true);
    ASSERT_TRUE(writePng(folder / "a.png", image).ok());
    const auto back = readPng(folder / "a.png");
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->pixels, image.pixels);
    EXPECT_EQ(folder.entryCount(), 1);
}

TEST(Image, WritingIntoAMissingFolderIsAnIoError) {
    const auto status = writePng("/nonexistent/folder/a.png", randomImage(2, 2, true));
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code(), ErrorCode::Io);
}

TEST(Image, PixelsThatDoNotFitTheSizeAreRefused) {
    Image image = randomImage(4, 4, true);
    image.width = 5;
    const auto bytes = encodePng(image);
    ASSERT_FALSE(bytes.ok());
    EXPECT_EQ(bytes.error().code(), ErrorCode::InvalidInput);
}

TEST(Image, EveryTruncatedPngIsRefused) {
    const auto bytes = *encodePng(randomImage(16, 16, false));
    for (std::size_t size = 0; size + 16 < bytes.size(); size += 7) {
        const auto image = decodePng(std::span(bytes).first(size));
        ASSERT_FALSE(image.ok()) << size;
        EXPECT_EQ(image.error().code(), ErrorCode::InvalidInput);
    }
}

/// CRC-32 of PNG chunks (ISO 3309), bit by bit.
std::uint32_t crc32Of(std::span<const std::byte> bytes) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const std::byte byte : bytes) {
        crc ^= static_cast<std::uint32_t>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

void putBigEndian(std::span<std::byte> place, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i)
        place[i] = static_cast<std::byte>((value >> (24U - 8U * i)) & 0xFFU);
}

TEST(Image, AHeaderThatPromisesTooManyPixelsIsRefusedBeforeTheyAreMade) {
    auto bytes = *encodePng(randomImage(4, 4, true));
    putBigEndian(std::span(bytes).subspan(16, 4), 16000);
    putBigEndian(std::span(bytes).subspan(20, 4), 16000);
    putBigEndian(std::span(bytes).subspan(29, 4), crc32Of(std::span(bytes).subspan(12, 17)));
    const auto image = decodePng(bytes);
    ASSERT_FALSE(image.ok());
    EXPECT_EQ(image.error().code(), ErrorCode::LimitExceeded);
}

TEST(ImageComparison, EqualPicturesAreEqual) {
    const Image image = randomImage(64, 48, true);
    const auto difference = compareImages(image, image);
    ASSERT_TRUE(difference.ok());
    EXPECT_DOUBLE_EQ(difference->ssim, 1.0);
    EXPECT_EQ(difference->differingShare, 0.0);
}

TEST(ImageComparison, ACountOfChangedPixelsIsTheirShare) {
    const Image image = randomImage(40, 40, true);
    Image changed = image;
    for (std::size_t i = 0; i < 160; ++i)
        changed.pixels[4 * i] = static_cast<std::uint8_t>(changed.pixels[4 * i] ^ 0x80U);
    const auto difference = compareImages(image, changed);
    ASSERT_TRUE(difference.ok());
    EXPECT_NEAR(difference->differingShare, 0.1, 1e-9);
    EXPECT_LT(difference->ssim, 0.999);
}

TEST(ImageComparison, PicturesOfTwoSizesCannotBeCompared) {
    const auto difference = compareImages(randomImage(4, 4, true), randomImage(4, 5, true));
    ASSERT_FALSE(difference.ok());
    EXPECT_EQ(difference.error().code(), ErrorCode::Usage);
}

} // namespace
} // namespace gesture::render
