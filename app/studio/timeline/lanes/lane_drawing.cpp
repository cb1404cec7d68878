// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lanes/lane_drawing.h"

#include "app/studio/theme/icons.h"
#include "app/studio/timeline/timeline_text.h"
#include "core/io/figures/colour_map.h"

#include <QPixmapCache>

#include <algorithm>
#include <cmath>

namespace gesture::app {

FrameRange visibleFrames(const LaneScene& scene) {
    const std::int64_t first = scene.frameAt(scene.clip.left()).value - 1;
    const std::int64_t last = scene.frameAt(scene.clip.right() + 1).value + 2;
    return {{std::max<std::int64_t>(first, 0)}, {std::min(last, scene.document.frameCount())}};
}

void drawLaneText(QPainter& painter, const LaneText& text) {
    if (text.area.width() < 2) return;
    painter.setFont(text.font);
    painter.setPen(text.colour);
    const QString shown = painter.fontMetrics().elidedText(text.text, Qt::ElideRight,
                                                           static_cast<int>(text.area.width()));
    painter.drawText(text.area, text.alignment | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

void fillRounded(QPainter& painter, const QRectF& area, double radius, const QColor& colour) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(area, radius, radius);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void drawRounded(QPainter& painter, const QRectF& area, double radius, const QColor& fill,
                 const QColor& border) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(border, 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

QPixmap laneIcon(const QString& name, const QColor& colour, int size, double ratio) {
    const QString key = QStringLiteral("lane %1 %2 %3 %4")
                            .arg(name, colour.name(QColor::HexArgb))
                            .arg(size)
                            .arg(ratio);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = iconPixmap(name, colour, size, ratio);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

QColor laneColour(const Theme& theme, const TimelineContent& content, LaneId lane) {
    if (const auto part = partOf(lane)) return partColour(theme, *part);
    if (const auto take = takeOf(lane)) {
        if (*take >= content.takes.size()) return theme.bg5;
        switch (content.takes[*take].badge) {
        case TakeBadge::A:
            return theme.takeA;
        case TakeBadge::B:
            return theme.takeB;
        case TakeBadge::None:
            return theme.tx3;
        }
    }
    if (lane == LaneId::Semantic) return theme.sem;
    if (lane == LaneId::Attention) {
        constexpr double kWarm = 0.72;
        const io::Colour warm = io::colourAt(io::ColourMap::Inferno, kWarm);
        return {warm.red, warm.green, warm.blue};
    }
    return lane == LaneId::Speech ? theme.wavein : theme.tx3;
}

QColor onBlockColour(const Theme& theme) { return theme.dark() ? theme.bg1 : theme.acctx; }

QString laneName(const TimelineContent& content, LaneId lane) {
    if (const auto take = takeOf(lane)) {
        return *take < content.takes.size() ? content.takes[*take].name : Timeline::tr("Takes");
    }
    constexpr const char* kNames[] = {QT_TRANSLATE_NOOP("Timeline", "Speech"),
                                      QT_TRANSLATE_NOOP("Timeline", "Words"),
                                      QT_TRANSLATE_NOOP("Timeline", "Semantic score"),
                                      QT_TRANSLATE_NOOP("Timeline", "Attention"),
                                      QT_TRANSLATE_NOOP("Timeline", "Importance"),
                                      QT_TRANSLATE_NOOP("Timeline", "Difference A–B"),
                                      QT_TRANSLATE_NOOP("Timeline", "Face"),
                                      QT_TRANSLATE_NOOP("Timeline", "Upper body"),
                                      QT_TRANSLATE_NOOP("Timeline", "Hands"),
                                      QT_TRANSLATE_NOOP("Timeline", "Lower body")};
    return Timeline::tr(kNames[static_cast<std::size_t>(lane)]);
}

QRectF columns(const QRect& area, double from, double to) {
    return {std::floor(from), static_cast<double>(area.top()), std::floor(to) - std::floor(from),
            static_cast<double>(area.height())};
}

} // namespace gesture::app
