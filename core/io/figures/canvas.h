// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/figures/coverage.h"
#include "core/io/figures/figure.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gesture::io {

/// Paints a figure's items in pixels, with soft edges. Boxes and upright or level lines are moved
/// onto whole pixels (by less than one), so that they are sharp.
class Canvas {
public:
    /// White; `scale` is pixels in a point.
    Canvas(int columns, int rows, double scale);

    void operator()(const FilledBox& item);
    void operator()(const FilledArea& item);
    void operator()(const DrawnLine& item);
    void operator()(const DrawnText& item);
    void operator()(const DrawnRaster& item);
    void operator()(const BeginClip& item);
    void operator()(const EndClip&) { clip_ = whole(); }

    [[nodiscard]] int columns() const { return columns_; }
    [[nodiscard]] int rows() const { return rows_; }
    [[nodiscard]] std::span<const std::uint8_t> rgb() const { return rgb_; }

private:
    using Polygon = std::vector<FigurePoint>;

    [[nodiscard]] PixelBox whole() const { return {0, 0, columns_, rows_}; }
    [[nodiscard]] FigurePoint toPixels(const FigurePoint& point) const {
        return {point.x * scale_, point.y * scale_};
    }
    [[nodiscard]] PixelBox nearestPixels(const FigureBox& box) const;
    void fill(const PixelBox& box, const Colour& colour);
    void fill(const std::vector<Polygon>& polygons, const Colour& colour);
    void blend(int x, int y, const Colour& colour, double share);
    void levelLine(const FigurePoint& from, const FigurePoint& to, const Pen& pen);
    void slopedLine(const std::vector<Polygon>& stretches, const Pen& pen);

    int columns_;
    int rows_;
    double scale_;
    PixelBox clip_;
    std::vector<std::uint8_t> rgb_;
};

} // namespace gesture::io
