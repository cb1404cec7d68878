// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lane_painter.h"

#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_header.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/lanes/whole_clip_lane.h"
#include "app/studio/timeline/ruler_painter.h"
#include "app/studio/timeline/timeline_text.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

/// Vertical lines where the ruler has labels.
void paintSecondGrid(QPainter& painter, const LaneScene& scene, const QRect& area) {
    const RulerSteps steps = rulerSteps(scene.axis, scene.document.rate());
    const double begin = std::max(scene.axis.timeAt(scene.clip.left()).value, 0.0);
    const double end =
        std::min(scene.axis.timeAt(scene.clip.right() + 1).value, scene.axis.duration() + 1e-9);
    for (auto i = static_cast<std::int64_t>(std::floor(begin / steps.label));
         static_cast<double>(i) * steps.label <= end; ++i) {
        const int x = static_cast<int>(scene.axis.xOf({static_cast<double>(i) * steps.label}));
        painter.fillRect(QRect(x, area.top(), 1, area.height()), scene.theme.line);
    }
}

/// What the lane shows when it is not empty and its eye is on.
void paintContent(QPainter& painter, const LaneScene& scene, const LaneRow& row,
                  const QRect& area) {
    if (const auto part = partOf(row.id)) return paintMaskLane(painter, scene, area, *part);
    if (const auto take = takeOf(row.id)) return paintTakeLane(painter, scene, area, *take);
    if (row.id == LaneId::Speech) {
        if (scene.document.audio()) paintSpeechLane(painter, scene, area);
    } else if (row.id == LaneId::Words) {
        if (scene.content.hasWords()) paintWordsLane(painter, scene, area);
    } else if (row.id == LaneId::Semantic) {
        if (scene.content.hasScore()) paintSemanticLane(painter, scene, area);
    } else if (row.id == LaneId::Difference) {
        if (scene.content.difference) paintDifferenceLane(painter, scene, area);
    } else if (!scene.content.hasImportance()) {
        return;
    } else if (row.id == LaneId::Attention) {
        paintAttentionLane(painter, scene, area);
    } else {
        paintImportanceLane(painter, scene, area);
    }
}

void paintRow(QPainter& painter, const LaneScene& scene, const LaneRow& row) {
    const QRect area = scene.layout.contentOf(row.place);
    painter.fillRect(area, scene.theme.bg1);
    const QRect line(row.place.left(), row.place.bottom(), row.place.width(), 1);
    if (scene.document.hasClip() && area.intersects(scene.clip)) {
        LaneScene narrowed = scene;
        narrowed.clip = scene.clip.intersected(area);
        painter.save();
        painter.setClipRect(narrowed.clip, Qt::IntersectClip);
        paintSecondGrid(painter, narrowed, area);
        if (const auto note = emptyLaneNote(scene, row)) {
            paintLaneNote(painter, narrowed, *note);
        } else if (!scene.content.eyesOff.has(row.id)) {
            constexpr double kOld = 0.6; // maps of an older version
            if (scene.content.isOld(row.id)) painter.setOpacity(kOld);
            paintContent(painter, narrowed, row, area);
        }
        painter.restore();
    }
    if (scene.layout.headerOf(row.place).intersects(scene.clip)) {
        paintLaneHeader(painter, scene, row);
    }
    painter.fillRect(line, scene.theme.dark() ? scene.theme.bg0 : scene.theme.line);
}

/// Beyond the ends of the clip the lanes are darker.
void paintOutside(QPainter& painter, const LaneScene& scene, const QRect& area) {
    const int begin = static_cast<int>(std::floor(scene.axis.xOf({0})));
    const int end = static_cast<int>(std::ceil(scene.axis.xOf(scene.document.duration())));
    const QColor shade = withAlpha(scene.theme.bg0, scene.theme.dark() ? 0.55 : 0.45);
    if (begin > area.left()) {
        painter.fillRect(QRect(QPoint(area.left(), area.top()), QPoint(begin - 1, area.bottom())),
                         shade);
    }
    if (end < area.right()) {
        painter.fillRect(QRect(QPoint(end, area.top()), area.bottomRight()), shade);
    }
}

void paintRangeBand(QPainter& painter, const LaneScene& scene, const QRect& area) {
    if (!scene.document.range()) return;
    const QRectF band = columns(area, scene.xOf(scene.document.range()->begin),
                                scene.xOf(scene.document.range()->end));
    painter.fillRect(band, withAlpha(scene.theme.acc, 0.10));
    for (const double x : {band.left(), band.right()}) {
        painter.fillRect(QRectF(x, area.top(), 1, area.height()), withAlpha(scene.theme.acc, 0.75));
    }
}

/// A thin bar at the right says which of the lanes are in sight.
void paintScrollMark(QPainter& painter, const LaneScene& scene, const QRect& area) {
    if (scene.layout.overflow() == 0) return;
    const double whole = area.height() + scene.layout.overflow();
    const double top = area.top() + area.height() * scene.layout.scroll() / whole;
    fillRounded(painter,
                QRectF(area.right() - 5, top + 2, 4, area.height() * area.height() / whole - 4), 2,
                withAlpha(scene.theme.tx3, 0.7));
}

} // namespace

QRect lanesNotePlace(const LaneScene& scene) {
    return scene.layout.contentOf(scene.layout.lanesArea());
}

void paintLanes(QPainter& painter, const LaneScene& scene) {
    const Theme& theme = scene.theme;
    const QRect lanes = scene.layout.lanesArea();
    const QRect content = scene.layout.contentOf(lanes);
    painter.save();
    painter.setClipRect(lanes, Qt::IntersectClip);
    painter.fillRect(scene.layout.headerOf(lanes), theme.bg2);
    painter.fillRect(content, theme.bg1);
    for (const LaneRow& row : scene.layout.rows()) {
        if (row.place.intersects(scene.clip) && row.place.intersects(lanes)) {
            paintRow(painter, scene, row);
        }
    }
    painter.setClipRect(content, Qt::IntersectClip);
    if (scene.document.hasClip()) {
        paintOutside(painter, scene, content);
        paintRangeBand(painter, scene, content);
        paintScrollMark(painter, scene, content);
    } else {
        drawLaneText(painter,
                     {QRectF(lanesNotePlace(scene)), Timeline::tr("Drop audio here to begin."),
                      theme.tx2, themeFont(12), Qt::AlignHCenter});
    }
    painter.restore();
    if (scene.clip.intersects(scene.layout.ruler())) paintRuler(painter, scene);
    if (scene.clip.intersects(scene.layout.wholeClip())) paintWholeClip(painter, scene);
    painter.fillRect(QRect(scene.density().header - 1, 0, 1, scene.layout.wholeClip().bottom() + 1),
                     theme.dark() ? theme.bg0 : theme.line2);
}

} // namespace gesture::app
