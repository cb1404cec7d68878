// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/timeline_text.h"

#include <QFontMetricsF>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr double kLowestText = 12; ///< Height of a block from which it says what it is.

/// Text in the middle of what is to be seen of a block.
void paintBlockText(QPainter& painter, const LaneScene& scene, const QRectF& place,
                    const QString& text) {
    const double left = std::max(place.left(), static_cast<double>(scene.density().header));
    const double right = std::min(place.right(), scene.axis.right() + 12);
    constexpr double kLeastRoom = 60;
    if (right - left < kLeastRoom || place.height() < kLowestText) return;
    drawLaneText(painter, {QRectF(left + 6, place.top(), right - left - 12, place.height()), text,
                           scene.theme.tx1, themeFont(11, 600), Qt::AlignHCenter});
}

} // namespace

void paintTakeLane(QPainter& painter, const LaneScene& scene, const QRect& area,
                   std::size_t number) {
    if (number >= scene.content.takes.size()) return;
    const TakeRow& take = scene.content.takes[number];
    const QColor colour = laneColour(scene.theme, scene.content, laneOfTake(number));
    const QRectF whole = blockPlace(scene, area, {{0}, {take.frames}});
    drawRounded(painter, whole, 3, withAlpha(colour, 0.16), withAlpha(colour, 0.45));
    if (whole.height() >= kLowestText) {
        double left = std::max(whole.left(), static_cast<double>(scene.density().header)) + 10;
        const auto write = [&](const QString& text, const QColor& ink) {
            drawLaneText(painter, {QRectF(left, whole.top() - 1,
                                          std::max(whole.right() - left, 0.0), whole.height() + 1),
                                   text, ink, themeFont(11)});
        };
        if (!take.outOfDate.isEmpty()) {
            const QString old = Timeline::tr("Out of date");
            write(old, scene.theme.warn);
            left += QFontMetricsF(themeFont(11)).horizontalAdvance(old) + 10;
        }
        write(take.recipe, scene.theme.tx2);
    }
    for (const TakeEdit& edit : take.edits) {
        const QRectF place = blockPlace(scene, area, edit.range);
        if (place.right() < scene.clip.left() || place.left() > scene.clip.right()) continue;
        drawRounded(painter, place, 3, withAlpha(colour, 0.30), colour);
        paintBlockText(painter, scene, place, edit.text);
    }
    if (!take.progress) return;
    const QRectF place = blockPlace(scene, area, take.progress->range);
    drawRounded(painter, place, 3, withAlpha(colour, 0.30), colour);
    QRectF done = place;
    done.setWidth(place.width() * std::clamp(take.progress->done, 0.0, 1.0));
    fillRounded(painter, done, 3, withAlpha(colour, 0.55));
    paintBlockText(painter, scene, place, take.progress->text);
}

} // namespace gesture::app
