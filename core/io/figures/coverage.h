// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/figures/figure.h"

#include <span>
#include <vector>

namespace gesture::io {

/// Whole pixels; right and bottom are one past the last.
struct PixelBox {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;

    [[nodiscard]] bool empty() const { return right <= left || bottom <= top; }
    [[nodiscard]] int width() const { return right - left; }
    [[nodiscard]] int height() const { return bottom - top; }
    [[nodiscard]] PixelBox intersected(const PixelBox& other) const;
};

/// How much of each pixel polygons cover, exactly (signed areas are summed along rows). Polygons
/// that overlap must turn the same way; one that turns the other way cuts a hole.
class Coverage {
public:
    /// Pixels outside of `bounds` are not kept.
    explicit Coverage(const PixelBox& bounds);

    /// A closed polygon in pixels.
    void add(std::span<const FigurePoint> corners);

    [[nodiscard]] const PixelBox& bounds() const { return bounds_; }
    /// Calls with x, y and the share 0..1 of every pixel that is covered.
    template <typename Visit>
    void forPixels(Visit&& visit) const {
        for (int y = bounds_.top; y < bounds_.bottom; ++y) {
            double sum = 0.0;
            const double* row = sums_.data() + static_cast<std::ptrdiff_t>(y - bounds_.top) *
                                                   static_cast<std::ptrdiff_t>(stride_);
            for (int x = bounds_.left; x < bounds_.right; ++x) {
                sum += row[x - bounds_.left];
                const double share = sum < 0.0 ? -sum : sum;
                if (share > kNothing) visit(x, y, share < 1.0 ? share : 1.0);
            }
        }
    }

private:
    static constexpr double kNothing = 1.0 / 1024.0;

    void addEdge(FigurePoint from, FigurePoint to);
    /// Part of an edge within one row of pixels: from x to x, over `height` of the row.
    void addPiece(double* row, double from, double to, double height) const;

    PixelBox bounds_;
    std::size_t stride_;
    std::vector<double> sums_; ///< (rows, stride): change of the cover along a row.
};

} // namespace gesture::io
