// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

namespace gesture::render {

/// Pixels of a picture, lower left corner first.
struct PixelRectangle {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
};

/// The smallest rectangle around both; an empty one counts for nothing.
[[nodiscard]] inline PixelRectangle united(const PixelRectangle& a, const PixelRectangle& b) {
    if (a.empty()) return b;
    if (b.empty()) return a;
    const int left = std::min(a.x, b.x);
    const int low = std::min(a.y, b.y);
    return {left, low, std::max(a.x + a.width, b.x + b.width) - left,
            std::max(a.y + a.height, b.y + b.height) - low};
}

} // namespace gesture::render
