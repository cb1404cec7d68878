// SPDX-License-Identifier: Apache-2.0
#include "tests/support/picture_baseline.h"

#include "render/image_comparison.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace gesture::test {

namespace {

render::Image cut(const render::Image& image, const PicturePart& part) {
    if (part.width <= 0) return image;
    render::Image piece{part.width, part.height, {}};
    for (int y = part.y; y < part.y + part.height; ++y)
        piece.pixels.insert(piece.pixels.end(), image.at(part.x, y),
                            image.at(part.x, y) + 4 * part.width);
    return piece;
}

render::Image differenceOf(const render::Image& a, const render::Image& b) {
    render::Image difference = a;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        const int apart = std::abs(int{a.pixels[i]} - int{b.pixels[i]});
        difference.pixels[i] =
            i % 4 == 3 ? 255 : static_cast<std::uint8_t>(std::min(255, 4 * apart));
    }
    return difference;
}

} // namespace

::testing::AssertionResult looksAs(const std::string& name, const render::Image& image,
                                   const PictureLimits& limits, const PicturePart& part) {
    const std::filesystem::path written =
        std::filesystem::path(GESTURE_TEST_BINARIES) / "pictures" / (name + ".png");
    std::filesystem::create_directories(written.parent_path());
    const auto expected = render::readPng(std::filesystem::path(GESTURE_TEST_SOURCE) /
                                          "tests/baselines" / (name + ".png"));
    if (!expected || expected->width != image.width || expected->height != image.height) {
        static_cast<void>(render::writePng(written, image));
        return ::testing::AssertionFailure()
               << (expected ? "The baseline has another size." : expected.error().message())
               << " The picture is " << written;
    }
    const auto found = render::compareImages(cut(*expected, part), cut(image, part));
    if (found && found->ssim >= limits.leastSsim && found->differingShare <= limits.mostDiffering)
        return ::testing::AssertionSuccess();
    static_cast<void>(render::writePng(written, image));
    static_cast<void>(
        render::writePng(written.string() + "-difference.png", differenceOf(*expected, image)));
    if (!found) return ::testing::AssertionFailure() << found.error().message();
    return ::testing::AssertionFailure() << "ssim " << found->ssim << ", differing share "
                                         << found->differingShare << "; the picture is " << written;
}

} // namespace gesture::test
