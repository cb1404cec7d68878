// SPDX-License-Identifier: Apache-2.0
#include "app/studio/document/time_text.h"
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lane_painter.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_header.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/lanes/whole_clip_lane.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kFlagWidth = 66;

double playheadX(const LaneScene& scene) { return std::floor(scene.xOf(scene.document.frame())); }

QRectF flagRect(const LaneScene& scene, double x) {
    const double least = scene.density().header + 2.0;
    const double most = scene.layout.ruler().right() - kFlagWidth - 1.0;
    return {std::clamp(x - kFlagWidth / 2.0, least, std::max(least, most)),
            scene.layout.ruler().top() + 3.0, kFlagWidth, 16};
}

/// The lane is in sight, unfolded and shown.
const LaneRow* readable(const LaneScene& scene, LaneId lane) {
    const LaneRow* const row = scene.layout.find(lane);
    const bool usable = row != nullptr && !row->collapsed && !scene.content.eyesOff.has(lane);
    return usable && row->place.intersects(scene.layout.lanesArea()) ? row : nullptr;
}

/// What the lanes say at the playhead: the word, the score, the curves.
void paintReadings(QPainter& painter, const LaneScene& scene) {
    painter.save();
    painter.setClipRect(scene.layout.lanesArea(), Qt::IntersectClip);
    if (const LaneRow* row = readable(scene, LaneId::Semantic))
        paintScoreValue(painter, scene, *row);
    painter.setClipRect(scene.layout.contentOf(scene.layout.lanesArea()), Qt::IntersectClip);
    if (const LaneRow* row = readable(scene, LaneId::Words)) {
        paintCurrentWord(painter, scene, scene.layout.contentOf(row->place));
    }
    if (const LaneRow* row = readable(scene, LaneId::Importance)) {
        paintImportanceDots(painter, scene, scene.layout.contentOf(row->place));
    }
    if (const LaneRow* row = readable(scene, LaneId::Difference)) {
        paintDifferenceDots(painter, scene, scene.layout.contentOf(row->place));
    }
    painter.restore();
}

void paintFlag(QPainter& painter, const LaneScene& scene, double x) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(scene.theme.play);
    const QRectF flag = flagRect(scene, x);
    painter.drawRoundedRect(flag, 3, 3);
    QPainterPath point(QPointF(x - 4, flag.bottom() - 0.5));
    point.lineTo(x + 5, flag.bottom() - 0.5);
    point.lineTo(x + 0.5, flag.bottom() + 5);
    painter.drawPath(point);
    drawLaneText(painter,
                 {flag, timecodeText(scene.document.frame(), scene.document.rate()),
                  scene.theme.playtx, themeFont(10, 600, FontFamily::Mono), Qt::AlignHCenter});
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

void paintPlayhead(QPainter& painter, const LaneScene& scene) {
    if (!scene.document.hasClip()) return;
    const Theme& theme = scene.theme;
    const QRect wholeClip = scene.layout.wholeClip();
    const double whole =
        std::floor(wholeClipX(scene, scene.document.rate().timeOf(scene.document.frame())));
    painter.fillRect(QRectF(whole, wholeClip.top() + 2, 1, wholeClip.height() - 4), theme.play);
    paintReadings(painter, scene);
    const double x = playheadX(scene);
    if (x < scene.density().header || x > scene.layout.ruler().right()) return;
    const double top = scene.layout.ruler().top() + 18;
    const double bottom = wholeClip.top();
    painter.fillRect(QRectF(x - 1, top, 3, bottom - top), withAlpha(theme.halo, 0.45));
    painter.fillRect(QRectF(x, top, 1, bottom - top), theme.play);
    paintFlag(painter, scene, x);
}

QRegion playheadRegion(const LaneScene& scene) {
    if (!scene.document.hasClip()) return {};
    const double x = playheadX(scene);
    const QRect wholeClip = scene.layout.wholeClip();
    const double whole = wholeClipX(scene, scene.document.rate().timeOf(scene.document.frame()));
    QRegion region(flagRect(scene, x).toRect().adjusted(-2, -2, 2, 2));
    region += QRect(static_cast<int>(x) - 7, 0, 15, wholeClip.top());
    region += QRect(static_cast<int>(whole) - 2, wholeClip.top(), 5, wholeClip.height());
    if (const LaneRow* row = readable(scene, LaneId::Semantic)) region += laneValue(scene, *row);
    if (const LaneRow* row = readable(scene, LaneId::Words)) {
        region += currentWordPlace(scene, scene.layout.contentOf(row->place));
    }
    return region;
}

} // namespace gesture::app
