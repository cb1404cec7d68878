// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "core/io/figures/colour_map.h"

#include <QImage>

#include <algorithm>
#include <array>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kShades = 256;

const std::array<QRgb, kShades>& shades() {
    static const std::array<QRgb, kShades> table = [] {
        std::array<QRgb, kShades> made{};
        for (int i = 0; i < kShades; ++i) {
            const io::Colour colour =
                io::colourAt(io::ColourMap::Inferno, static_cast<double>(i) / (kShades - 1));
            made[static_cast<std::size_t>(i)] = qRgb(colour.red, colour.green, colour.blue);
        }
        return made;
    }();
    return table;
}

} // namespace

void paintAttentionLane(QPainter& painter, const LaneScene& scene, const QRect& area) {
    const int width = static_cast<int>(std::ceil(scene.clip.width() * scene.ratio));
    if (width < 1) return;
    QImage row(width, 1, QImage::Format_ARGB32_Premultiplied);
    row.fill(Qt::transparent);
    auto* const pixels = reinterpret_cast<QRgb*>(row.scanLine(0));
    const float scale = static_cast<float>(kShades - 1) / scene.index.importance.mostAll;
    for (int column = 0; column < width; ++column) {
        const double x = scene.clip.left() + column / scene.ratio;
        const std::int64_t begin = scene.frameAt(x).value;
        const std::int64_t end = std::max(scene.frameAt(x + 1 / scene.ratio).value, begin + 1);
        const float value = scene.index.importance.all.highest(begin, end);
        if (std::isnan(value)) continue;
        const int shade = std::clamp(static_cast<int>(value * scale), 0, kShades - 1);
        pixels[column] = shades()[static_cast<std::size_t>(shade)];
    }
    const int margin = area.height() > 12 ? 2 : 1;
    painter.drawImage(QRectF(scene.clip.left(), area.top() + margin, scene.clip.width(),
                             area.height() - 2 * margin - 1),
                      row, QRectF(0, 0, width, 1));
}

} // namespace gesture::app
