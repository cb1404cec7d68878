// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lanes/column_image.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace gesture::app {

namespace {

constexpr std::uint32_t kWhole = 255;

std::uint32_t divided(std::uint32_t product) { return (product + (product >> 8) + 128) >> 8; }

/// All four channels times `factor` of 255.
QRgb scaled(QRgb colour, std::uint32_t factor) {
    const auto channel = [&](unsigned shift) {
        return divided((colour >> shift & 0xFF) * factor) << shift;
    };
    return channel(24) | channel(16) | channel(8) | channel(0);
}

/// Premultiplied, over what is below.
QRgb over(QRgb ink, QRgb below) { return ink + scaled(below, kWhole - (ink >> 24)); }

} // namespace

ColumnImage::ColumnImage(const QRectF& area, double ratio)
    : image_(std::max(static_cast<int>(std::ceil(area.width() * ratio)), 1),
             std::max(static_cast<int>(std::ceil(area.height() * ratio)), 1),
             QImage::Format_ARGB32_Premultiplied)
    , pixels_(reinterpret_cast<QRgb*>(image_.bits()))
    , stride_(image_.bytesPerLine() / static_cast<std::ptrdiff_t>(sizeof(QRgb)))
    , left_(area.left())
    , top_(area.top())
    , ratio_(ratio) {
    image_.fill(Qt::transparent);
}

void ColumnImage::fill(int column, double top, double bottom, QRgb ink) {
    const double height = image_.height();
    const double first = std::clamp((top - top_) * ratio_, 0.0, height);
    const double last = std::clamp((bottom - top_) * ratio_, first, height);
    if (last <= first) return;
    const auto begin = static_cast<std::ptrdiff_t>(first);
    const auto end = static_cast<std::ptrdiff_t>(std::ceil(last));
    QRgb* pixel = pixels_ + column + begin * stride_;
    for (std::ptrdiff_t row = begin; row < end; ++row, pixel += stride_) {
        const auto y = static_cast<double>(row);
        const double touched = std::min(last, y + 1) - std::max(first, y);
        const auto part = static_cast<std::uint32_t>(touched * kWhole + 0.5);
        *pixel = over(part == kWhole ? ink : scaled(ink, part), *pixel);
    }
}

void ColumnImage::paint(QPainter& painter) const {
    painter.drawImage(QRectF(left_, top_, image_.width() / ratio_, image_.height() / ratio_),
                      image_);
}

} // namespace gesture::app
