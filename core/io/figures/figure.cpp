// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/figure.h"

#include "core/base/assert.h"

#include <algorithm>

namespace gesture::io {

void Figure::box(const FigureBox& box, const Colour& fill) {
    items_.emplace_back(FilledBox{box, fill});
}

void Figure::area(std::vector<FigurePoint> corners, const Colour& fill) {
    items_.emplace_back(FilledArea{std::move(corners), fill});
}

void Figure::line(std::vector<FigurePoint> points, const Pen& pen) {
    items_.emplace_back(DrawnLine{std::move(points), pen});
}

void Figure::text(const FigurePoint& at, std::string text, const TextStyle& style) {
    items_.emplace_back(DrawnText{at, std::move(text), style});
}

void Figure::beginClip(const FigureBox& box) { items_.emplace_back(BeginClip{box}); }

void Figure::endClip() { items_.emplace_back(EndClip{}); }

void Figure::frame(const FigureBox& box, const Pen& pen) {
    line({{box.x, box.y},
          {box.right(), box.y},
          {box.right(), box.bottom()},
          {box.x, box.bottom()},
          {box.x, box.y}},
         pen);
}

void Figure::raster(DrawnRaster raster) {
    GESTURE_ASSERT(raster.columns > 0 && raster.rows > 0 &&
                   raster.rgb.size() == 3 * static_cast<std::size_t>(raster.columns) *
                                            static_cast<std::size_t>(raster.rows));
    items_.emplace_back(std::move(raster));
}

DrawnRaster enlarged(const DrawnRaster& raster) {
    constexpr int kMaxSide = 1024;
    constexpr int kMaxFactor = 8;
    const int factor = std::clamp(kMaxSide / std::max(raster.columns, raster.rows), 1, kMaxFactor);
    DrawnRaster result{raster.box, raster.columns * factor, raster.rows * factor, {}};
    result.rgb.reserve(raster.rgb.size() * static_cast<std::size_t>(factor * factor));
    const auto rowBytes = static_cast<std::ptrdiff_t>(raster.columns) * 3;
    for (int row = 0; row < result.rows; ++row) {
        const auto cells = raster.rgb.begin() + row / factor * rowBytes;
        for (int column = 0; column < result.columns; ++column) {
            const auto cell = cells + static_cast<std::ptrdiff_t>(column / factor) * 3;
            result.rgb.insert(result.rgb.end(), cell, cell + 3);
        }
    }
    return result;
}

} // namespace gesture::io
