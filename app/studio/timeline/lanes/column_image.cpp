// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lanes/column_image.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kWhole = 255;

/// `colour` premultiplied, over `below`, as far as `cover` of 255.
QRgb over(QRgb colour, QRgb below, int cover) {
    const auto scaled = [&](int channel) { return channel * cover / kWhole; };
    const int alpha = scaled(qAlpha(colour));
    const auto mixed = [&](int top, int bottom) {
        return scaled(top) + bottom * (kWhole - alpha) / kWhole;
    };
    return qRgba(mixed(qRed(colour), qRed(below)), mixed(qGreen(colour), qGreen(below)),
                 mixed(qBlue(colour), qBlue(below)),
                 alpha + qAlpha(below) * (kWhole - alpha) / kWhole);
}

} // namespace

ColumnImage::ColumnImage(const QRectF& area, double ratio)
    : image_(std::max(static_cast<int>(std::ceil(area.width() * ratio)), 1),
             std::max(static_cast<int>(std::ceil(area.height() * ratio)), 1),
             QImage::Format_ARGB32_Premultiplied)
    , left_(area.left())
    , top_(area.top())
    , ratio_(ratio) {
    image_.fill(Qt::transparent);
}

void ColumnImage::fill(int column, double top, double bottom, const QColor& colour) {
    const double first =
        std::clamp((top - top_) * ratio_, 0.0, static_cast<double>(image_.height()));
    const double last =
        std::clamp((bottom - top_) * ratio_, first, static_cast<double>(image_.height()));
    if (last <= first) return;
    const QRgb ink = qPremultiply(colour.rgba());
    const auto begin = static_cast<int>(first);
    const int end = std::min(static_cast<int>(std::ceil(last)), image_.height());
    auto* const pixels = reinterpret_cast<QRgb*>(image_.bits()) + column;
    const std::ptrdiff_t stride = image_.bytesPerLine() / static_cast<std::ptrdiff_t>(sizeof(QRgb));
    for (int row = begin; row < end; ++row) {
        const double touched =
            std::min(last, row + 1.0) - std::max(first, static_cast<double>(row));
        QRgb& pixel = pixels[row * stride];
        pixel = over(ink, pixel, static_cast<int>(std::lround(touched * kWhole)));
    }
}

void ColumnImage::paint(QPainter& painter) const {
    painter.drawImage(QRectF(left_, top_, image_.width() / ratio_, image_.height() / ratio_),
                      image_);
}

} // namespace gesture::app
