// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/tools/tool_cursor.h"

#include "app/studio/timeline/lanes/lane_drawing.h"

#include <QPainter>

namespace gesture::app {

namespace {

constexpr int kSize = 24;
constexpr int kIcon = 18;

/// The icon with an edge that shows on any ground; its lower left corner points.
QCursor iconCursor(const QString& icon, bool minus, const Theme& theme, double ratio) {
    QPixmap picture(QSize(kSize, kSize) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    const QPoint place(2, kSize - kIcon - 2);
    for (const QPoint& shift : {QPoint(-1, 0), QPoint(1, 0), QPoint(0, -1), QPoint(0, 1)}) {
        painter.drawPixmap(place + shift, laneIcon(icon, theme.bg1, kIcon, ratio));
    }
    painter.drawPixmap(place, laneIcon(icon, theme.tx1, kIcon, ratio));
    if (minus) {
        painter.fillRect(QRect(13, 1, 10, 4), theme.bg1);
        painter.fillRect(QRect(14, 2, 8, 2), theme.tx1);
    }
    painter.end();
    return QCursor(picture, 3, kSize - 4);
}

Qt::CursorShape shapeOf(Zone zone) {
    switch (zone) {
    case Zone::Ruler:
        return Qt::IBeamCursor;
    case Zone::In:
    case Zone::Out:
    case Zone::Marker:
    case Zone::BlockBegin:
    case Zone::BlockEnd:
    case Zone::WordBegin:
    case Zone::WordEnd:
    case Zone::BoxBegin:
    case Zone::BoxEnd:
        return Qt::SizeHorCursor;
    case Zone::Band:
    case Zone::Box:
        return Qt::OpenHandCursor;
    case Zone::Block:
        return Qt::SizeAllCursor;
    case Zone::Threshold:
        return Qt::SizeVerCursor;
    case Zone::Unit:
    case Zone::Sign:
    case Zone::Badge:
    case Zone::Button:
        return Qt::PointingHandCursor;
    case Zone::Lane:
    case Zone::BelowLanes:
        return Qt::CrossCursor;
    case Zone::Nothing:
    case Zone::Header:
    case Zone::Word:
    case Zone::Take:
        break;
    }
    return Qt::ArrowCursor;
}

} // namespace

QCursor toolCursor(const Hit& hit, const ToolSettings& settings, Qt::KeyboardModifiers keys,
                   const Theme& theme, double ratio) {
    const bool lane = hit.zone == Zone::Lane || hit.zone == Zone::BelowLanes;
    const bool ctrl = keys.testFlag(Qt::ControlModifier);
    if (lane && settings.tool == TimelineTool::Paint) {
        return iconCursor(QStringLiteral("brush"), ctrl, theme, ratio);
    }
    if (lane && settings.tool == TimelineTool::Erase) {
        return iconCursor(ctrl ? QStringLiteral("brush") : QStringLiteral("eraser"), false, theme,
                          ratio);
    }
    return shapeOf(hit.zone);
}

} // namespace gesture::app
