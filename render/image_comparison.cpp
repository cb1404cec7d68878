// SPDX-License-Identifier: Apache-2.0
#include "render/image_comparison.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

namespace gesture::render {

namespace {

constexpr int kWindow = 8;
constexpr int kStep = 4;

/// Luma (Rec. 709 weights on the sRGB values) over black, row by row.
std::vector<double> lumaOf(const Image& image) {
    std::vector<double> luma;
    luma.reserve(image.pixels.size() / 4);
    for (std::size_t i = 0; i < image.pixels.size(); i += 4) {
        const double alpha = image.pixels[i + 3] / 255.0;
        luma.push_back(alpha * (0.2126 * image.pixels[i] + 0.7152 * image.pixels[i + 1] +
                                0.0722 * image.pixels[i + 2]));
    }
    return luma;
}

/// One window of two pictures of the same width.
struct Window {
    const std::vector<double>& a;
    const std::vector<double>& b;
    int stride;
    int x, y, width, height;

    [[nodiscard]] double ssim() const {
        double sumA = 0, sumB = 0, squareA = 0, squareB = 0, product = 0;
        for (int row = y; row < y + height; ++row) {
            for (int column = x; column < x + width; ++column) {
                const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(stride) +
                                static_cast<std::size_t>(column);
                sumA += a[at];
                sumB += b[at];
                squareA += a[at] * a[at];
                squareB += b[at] * b[at];
                product += a[at] * b[at];
            }
        }
        const double n = static_cast<double>(width) * height;
        const double meanA = sumA / n, meanB = sumB / n;
        const double varianceA = squareA / n - meanA * meanA;
        const double varianceB = squareB / n - meanB * meanB;
        const double covariance = product / n - meanA * meanB;
        constexpr double kC1 = 0.01 * 255 * 0.01 * 255;
        constexpr double kC2 = 0.03 * 255 * 0.03 * 255;
        return (2 * meanA * meanB + kC1) * (2 * covariance + kC2) /
               ((meanA * meanA + meanB * meanB + kC1) * (varianceA + varianceB + kC2));
    }
};

double meanSsim(const Image& a, const Image& b) {
    const std::vector<double> lumaA = lumaOf(a);
    const std::vector<double> lumaB = lumaOf(b);
    const int width = std::min(kWindow, a.width);
    const int height = std::min(kWindow, a.height);
    double sum = 0;
    int windows = 0;
    for (int y = 0; y + height <= a.height; y += kStep) {
        for (int x = 0; x + width <= a.width; x += kStep) {
            sum += Window{lumaA, lumaB, a.width, x, y, width, height}.ssim();
            ++windows;
        }
    }
    return windows == 0 ? 1.0 : sum / windows;
}

double differingShare(const Image& a, const Image& b, int tolerance) {
    std::size_t differing = 0;
    for (std::size_t i = 0; i < a.pixels.size(); i += 4) {
        bool differs = false;
        for (std::size_t c = 0; c < 4; ++c)
            differs = differs || std::abs(a.pixels[i + c] - b.pixels[i + c]) > tolerance;
        differing += differs ? 1 : 0;
    }
    return a.pixels.empty()
               ? 0.0
               : 4.0 * static_cast<double>(differing) / static_cast<double>(a.pixels.size());
}

} // namespace

Result<ImageDifference> compareImages(const Image& a, const Image& b, int channelTolerance) {
    if (a.width != b.width || a.height != b.height || a.pixels.size() != b.pixels.size())
        return Error(ErrorCode::Usage,
                     fmt::format("Pictures of {} x {} and {} x {} pixels cannot be compared.",
                                 a.width, a.height, b.width, b.height));
    return ImageDifference{meanSsim(a, b), differingShare(a, b, channelTolerance)};
}

} // namespace gesture::render
