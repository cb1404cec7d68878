// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lane_painter.h"
#include "app/studio/timeline/lanes/lane_drawing.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

/// Rows that lie together are one box.
void paintSelection(QPainter& painter, const LaneScene& scene, const TimelineSelection& selection,
                    Qt::PenStyle style) {
    if (selection.empty()) return;
    const double begin = std::floor(scene.xOf(selection.range.begin));
    const double end = std::max(std::floor(scene.xOf(selection.range.end)), begin + 1);
    painter.setPen(QPen(withAlpha(scene.theme.acc, 0.75), 1, style));
    painter.setBrush(withAlpha(scene.theme.acc, 0.10));
    const auto& rows = scene.layout.rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!selection.lanes.has(rows[i].id)) continue;
        const int top = rows[i].place.top();
        while (i + 1 < rows.size() && selection.lanes.has(rows[i + 1].id)) {
            ++i;
        }
        painter.drawRect(
            QRectF(begin + 0.5, top + 0.5, end - begin, rows[i].place.bottom() - top - 1));
    }
}

void paintGuide(QPainter& painter, const LaneScene& scene, const SnapGuide& guide) {
    if (guide.name.isEmpty()) return;
    const QRect lanes = scene.layout.lanesArea();
    const double x = std::floor(scene.xOf(guide.frame));
    painter.fillRect(QRectF(x, lanes.top(), 1, lanes.height()), scene.theme.acc);
    const QFont font = themeFont(10, 500);
    const double width = QFontMetricsF(font).horizontalAdvance(guide.name) + 12;
    const double left =
        std::clamp(x + 4, scene.density().header + 2.0,
                   std::max(lanes.right() - width - 2, scene.density().header + 2.0));
    const QRectF box(left, lanes.top() + 3, width, 16);
    drawRounded(painter, box, 3, withAlpha(scene.theme.bg2, 0.88), scene.theme.acc);
    drawLaneText(painter, {box, guide.name, scene.theme.tx1, font, Qt::AlignHCenter});
}

void paintDrop(QPainter& painter, const LaneScene& scene, std::size_t before) {
    const auto& rows = scene.layout.rows();
    if (rows.empty()) return;
    const int y = before < rows.size() ? rows[before].place.top() : rows.back().place.bottom();
    painter.fillRect(QRect(0, y - 1, scene.layout.ruler().width(), 2), scene.theme.acc);
}

} // namespace

void paintOverlay(QPainter& painter, const LaneScene& scene, const DragPicture& drag) {
    if (!scene.document.hasClip()) return;
    painter.save();
    painter.setClipRect(scene.layout.contentOf(scene.layout.lanesArea()), Qt::IntersectClip);
    paintSelection(painter, scene, scene.selection, Qt::SolidLine);
    if (drag.band) paintSelection(painter, scene, *drag.band, Qt::DashLine);
    if (drag.guide) paintGuide(painter, scene, *drag.guide);
    painter.setClipRect(scene.layout.lanesArea());
    if (drag.drop) paintDrop(painter, scene, *drag.drop);
    painter.restore();
}

} // namespace gesture::app
