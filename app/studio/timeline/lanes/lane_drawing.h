// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/part_colour.h"
#include "app/studio/timeline/lane_scene.h"

#include <QFont>
#include <QPixmap>

namespace gesture::app {

/// Text of one line, elided at its end.
struct LaneText {
    QRectF area;
    QString text;
    QColor colour;
    QFont font;
    Qt::Alignment alignment = Qt::AlignLeft;
};
void drawLaneText(QPainter& painter, const LaneText& text);

/// Smooth corners, no border.
void fillRounded(QPainter& painter, const QRectF& area, double radius, const QColor& colour);
/// Smooth corners with a 1 px border inside of the area.
void drawRounded(QPainter& painter, const QRectF& area, double radius, const QColor& fill,
                 const QColor& border);

/// An embedded icon; drawn once for each look and kept.
[[nodiscard]] QPixmap laneIcon(const QString& name, const QColor& colour, int size, double ratio);

/// Colour of a lane's edge, curves and blocks.
[[nodiscard]] QColor laneColour(const Theme& theme, const TimelineContent& content, LaneId lane);
/// Text on an opaque block of a part's or take's colour.
[[nodiscard]] QColor onBlockColour(const Theme& theme);

/// Name of a lane as its header shows it.
[[nodiscard]] QString laneName(const TimelineContent& content, LaneId lane);

/// Columns from `from` to `to` of an area, at whole device pixels.
[[nodiscard]] QRectF columns(const QRect& area, double from, double to);

} // namespace gesture::app
