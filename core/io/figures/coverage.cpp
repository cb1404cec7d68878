// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/coverage.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gesture::io {

PixelBox PixelBox::intersected(const PixelBox& other) const {
    return {std::max(left, other.left), std::max(top, other.top), std::min(right, other.right),
            std::min(bottom, other.bottom)};
}

Coverage::Coverage(const PixelBox& bounds)
    : bounds_(bounds.empty() ? PixelBox{} : bounds)
    , stride_(static_cast<std::size_t>(bounds_.width()) + 2)
    , sums_(stride_ * static_cast<std::size_t>(bounds_.height()), 0.0) {}

void Coverage::add(std::span<const FigurePoint> corners) {
    for (std::size_t i = 0; i < corners.size(); ++i)
        addEdge(corners[i], corners[(i + 1) % corners.size()]);
}

void Coverage::addEdge(FigurePoint from, FigurePoint to) {
    for (FigurePoint* point : {&from, &to}) {
        point->x -= bounds_.left;
        point->y -= bounds_.top;
    }
    const double direction = from.y < to.y ? 1.0 : -1.0;
    if (from.y > to.y) std::swap(from, to);
    if (to.y - from.y < 1e-12) return;
    const double slope = (to.x - from.x) / (to.y - from.y);
    const int first = static_cast<int>(std::max(0.0, std::floor(from.y)));
    const int last =
        static_cast<int>(std::min(static_cast<double>(bounds_.height()), std::ceil(to.y)));
    for (int y = first; y < last; ++y) {
        const double upper = std::max<double>(y, from.y);
        const double lower = std::min<double>(y + 1, to.y);
        if (lower <= upper) continue;
        addPiece(sums_.data() +
                     static_cast<std::ptrdiff_t>(y) * static_cast<std::ptrdiff_t>(stride_),
                 from.x + (upper - from.y) * slope, from.x + (lower - from.y) * slope,
                 direction * (lower - upper));
    }
}

void Coverage::addPiece(double* row, double from, double to, double height) const {
    const auto widest = static_cast<double>(bounds_.width());
    const double left = std::clamp(std::min(from, to), 0.0, widest);
    const double right = std::clamp(std::max(from, to), 0.0, widest);
    const auto begin = static_cast<int>(left);
    const auto end = static_cast<int>(right);
    if (begin == end) {
        const double inside = 1.0 - ((left + right) / 2.0 - begin);
        row[begin] += height * inside;
        row[begin + 1] += height * (1.0 - inside);
        return;
    }
    // The cover grows along the slope: what each pixel holds to the right of the edge.
    const double perPixel = height / (right - left);
    double before = 0.0;
    for (int x = begin; x <= end; ++x) {
        const double enter = std::max<double>(x, left);
        const double leave = std::min<double>(x + 1, right);
        const double crossed = perPixel * (leave - enter);
        const double inside =
            perPixel * (enter - left) + crossed * (1.0 - ((enter + leave) / 2.0 - x));
        row[x] += inside - before;
        before = inside;
    }
    row[end + 1] += height - before;
}

} // namespace gesture::io
