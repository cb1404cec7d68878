// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/timeline_text.h"

#include <QFontMetricsF>
#include <QLinearGradient>
#include <QPixmapCache>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kHatchStep = 8;
constexpr double kNarrow = 6; ///< Blocks below are a bar without hatch and margins.
constexpr double kLabelRoom = 70;
constexpr int kLowestLabel = 18; ///< Height of the lane from which blocks say what they are.

/// Diagonal lines of 2 px every 8 px, from the lower left to the upper right; drawn once and kept.
QPixmap hatchTile(const QColor& colour, double ratio) {
    const QString key = QStringLiteral("hatch %1 %2").arg(colour.name(QColor::HexArgb)).arg(ratio);
    QPixmap tile;
    if (QPixmapCache::find(key, &tile)) return tile;
    const int side = static_cast<int>(std::lround(kHatchStep * ratio));
    tile = QPixmap(side, side);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 2 * ratio));
    for (int shift = -1; shift <= 1; ++shift) {
        painter.drawLine(QPointF(shift * side - ratio, side + ratio),
                         QPointF(shift * side + side + ratio, -ratio));
    }
    painter.end();
    tile.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, tile);
    return tile;
}

void fillHatch(QPainter& painter, const LaneScene& scene, const QRectF& area,
               const QColor& colour) {
    const QRectF visible = area.intersected(QRectF(scene.clip));
    if (visible.isEmpty()) return;
    // Tied to the lane, so that columns that are painted anew meet the others.
    const QPointF offset(std::fmod(visible.left(), kHatchStep),
                         std::fmod(visible.top(), kHatchStep));
    painter.drawTiledPixmap(visible, hatchTile(colour, scene.ratio), offset);
}

bool isSelected(const LaneScene& scene, const FrameRange& run, motion::BodyPart part) {
    if (scene.selection.empty()) return true;
    return scene.selection.lanes.has(laneOf(part)) && run.begin < scene.selection.range.end &&
           scene.selection.range.begin < run.end;
}

/// Fades out where the network's motion is blended into what is kept.
void paintMargin(QPainter& painter, const QRectF& place, const QColor& colour, bool before) {
    constexpr double kStrongest = 0.38;
    if (place.width() < 1) return;
    QLinearGradient fade(place.left(), 0, place.right(), 0);
    fade.setColorAt(before ? 0 : 1, withAlpha(colour, 0));
    fade.setColorAt(before ? 1 : 0, withAlpha(colour, kStrongest));
    painter.fillRect(place, fade);
}

void paintLabel(QPainter& painter, const LaneScene& scene, const QRectF& place,
                const FrameRange& run, const QColor& colour) {
    const double left = std::max(place.left(), static_cast<double>(scene.density().header));
    const QString text = Timeline::tr("regenerate %1 frames").arg(run.length());
    const QFont font = themeFont(10, 600);
    const double width = QFontMetricsF(font).horizontalAdvance(text) + 10;
    if (place.right() - left < std::max(width + 8, kLabelRoom)) return;
    const QRectF box(left + 4, place.top() + 2, width, place.height() - 4);
    fillRounded(painter, box, 2, colour);
    painter.setFont(font);
    painter.setPen(onBlockColour(scene.theme));
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, text);
}

void paintBlock(QPainter& painter, const LaneScene& scene, const QRect& area, const FrameRange& run,
                motion::BodyPart part) {
    const QColor colour = partColour(scene.theme, part);
    const QRectF place = blockPlace(scene, area, run);
    const bool selected = isSelected(scene, run, part);
    if (place.width() < kNarrow) {
        return painter.fillRect(place, withAlpha(colour, selected ? 0.88 : 0.42));
    }
    const double margin = scene.content.blendMargin * scene.pixelsPerFrame();
    const QRectF inner = place.adjusted(0, 2, 0, -2);
    paintMargin(painter, {place.left() - margin, inner.top(), margin, inner.height()}, colour,
                true);
    paintMargin(painter, {place.right(), inner.top(), margin, inner.height()}, colour, false);
    fillRounded(painter, place, 3, withAlpha(colour, selected ? 0.88 : 0.42));
    painter.save();
    painter.setClipRect(place, Qt::IntersectClip);
    fillHatch(painter, scene, place, withAlpha(scene.theme.bg1, scene.theme.dark() ? 0.30 : 0.25));
    painter.restore();
    if (selected && area.height() > kLowestLabel) paintLabel(painter, scene, place, run, colour);
}

/// What will really change: masks run in cells.
void paintCells(QPainter& painter, const LaneScene& scene, const QRect& area, motion::BodyPart part,
                const FrameRange& shown) {
    const auto& cells = scene.index.cells[part];
    const QColor line = withAlpha(partColour(scene.theme, part), 0.75);
    for (std::size_t i = firstRangeAfter(cells, shown.begin);
         i < cells.size() && cells[i].begin < shown.end; ++i) {
        const auto& runs = scene.index.runs[part];
        const std::size_t run = firstRangeAfter(runs, cells[i].begin);
        if (run < runs.size() && runs[run] == cells[i]) continue;
        const QRectF place = blockPlace(scene, area, cells[i]);
        if (place.width() < 3) continue;
        painter.setPen(QPen(line, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void paintPreview(QPainter& painter, const LaneScene& scene, const QRect& area,
                  motion::BodyPart part, const FrameRange& shown) {
    const auto& preview = scene.index.preview[part];
    painter.setPen(QPen(scene.theme.tx1, 1, Qt::DashLine));
    painter.setBrush(withAlpha(partColour(scene.theme, part), 0.16));
    for (std::size_t i = firstRangeAfter(preview, shown.begin);
         i < preview.size() && preview[i].begin < shown.end; ++i) {
        painter.drawRect(blockPlace(scene, area, preview[i]).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

} // namespace

QRectF blockPlace(const LaneScene& scene, const QRect& area, const FrameRange& range) {
    const double begin = std::floor(scene.xOf(range.begin));
    const double end = std::floor(scene.xOf(range.end));
    const double margin = area.height() > 18 ? 3 : 2;
    return {begin, area.top() + margin, std::max(end - begin, 1.0),
            std::max(area.height() - 2 * margin - 1, 4.0)};
}

void paintMaskLane(QPainter& painter, const LaneScene& scene, const QRect& area,
                   motion::BodyPart part) {
    painter.fillRect(area, withAlpha(partColour(scene.theme, part), 0.05));
    if (scene.content.locked.has(laneOf(part))) {
        fillHatch(painter, scene, area, withAlpha(scene.theme.tx3, 0.13));
    }
    const std::int64_t margin = scene.content.blendMargin + 1;
    FrameRange shown = visibleFrames(scene);
    shown = {shown.begin + -margin, shown.end + margin};
    const auto& runs = scene.index.runs[part];
    double painted = -1;
    for (std::size_t i = firstRangeAfter(runs, shown.begin);
         i < runs.size() && runs[i].begin < shown.end; ++i) {
        const double end = scene.xOf(runs[i].end);
        if (end < painted + 1) continue; // shares its column with the one before
        painted = end;
        paintBlock(painter, scene, area, runs[i], part);
    }
    paintCells(painter, scene, area, part, shown);
    paintPreview(painter, scene, area, part, shown);
}

} // namespace gesture::app
