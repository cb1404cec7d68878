// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lanes/whole_clip_lane.h"

#include "app/studio/document/time_text.h"
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/timeline_text.h"
#include "app/studio/timeline/waveform_painter.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kTextLeft = 14;

void paintHeader(QPainter& painter, const LaneScene& scene, const QRect& row) {
    const QRectF text(kTextLeft, row.top(), scene.density().header - 2.0 * kTextLeft, row.height());
    drawLaneText(painter,
                 {text, Timeline::tr("Whole clip"),
                  scene.document.hasClip() ? scene.theme.tx3 : scene.theme.txd, themeFont(11)});
    if (!scene.document.hasClip()) return;
    drawLaneText(painter, {text, lengthText(scene.document.duration()), scene.theme.tx3,
                           themeFont(11, 400, FontFamily::Mono), Qt::AlignRight});
}

void paintSound(QPainter& painter, const LaneScene& scene, const QRect& row, const QRectF& box) {
    const double left = wholeClipX(scene, {0});
    const double right = wholeClipX(scene, scene.document.duration());
    if (!scene.document.audio()) {
        painter.fillRect(QRectF(left, row.center().y(), right - left, 1), scene.theme.line2);
        return;
    }
    paintOverview(painter, {scene.document.audio()->waveform, scene.theme,
                            QRectF(left, row.top() + 1, right - left, row.height() - 1), box,
                            scene.document.audio()->info.duration().value /
                                std::max(scene.document.duration().value, 1e-9),
                            scene.ratio});
}

/// In-out range and masks as lines at the bottom; those that share a column are drawn once.
void paintMarks(QPainter& painter, const LaneScene& scene, const QRect& row) {
    const FrameRate rate = scene.document.rate();
    const auto mark = [&](const FrameRange& range, const QColor& colour, double height) {
        const double begin = wholeClipX(scene, rate.timeOf(range.begin));
        const double end = std::max(wholeClipX(scene, rate.timeOf(range.end)), begin + 2);
        painter.fillRect(QRectF(begin, row.bottom() + 1 - height, end - begin, height), colour);
        return end;
    };
    if (scene.document.range()) mark(*scene.document.range(), scene.theme.acc, 4);
    for (const motion::BodyPart part : kBodyParts) {
        double painted = -1;
        for (const FrameRange& run : scene.index.runs[part]) {
            if (wholeClipX(scene, rate.timeOf(run.end)) < painted) continue;
            painted = mark(run, partColour(scene.theme, part), 2);
        }
    }
}

void paintBox(QPainter& painter, const LaneScene& scene, const QRectF& box) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(scene.theme.acc, 1.2));
    painter.setBrush(withAlpha(scene.theme.acc, 0.14));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(scene.theme.acc);
    for (const double x : {box.left(), box.right()}) {
        painter.drawRoundedRect(QRectF(x - 2, box.top() + 4, 4, box.height() - 8), 2, 2);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

void paintWholeClip(QPainter& painter, const LaneScene& scene) {
    const QRect row = scene.layout.wholeClip();
    painter.fillRect(row, scene.theme.bg2);
    painter.fillRect(QRect(row.left(), row.top(), row.width(), 1), scene.theme.line);
    if (scene.layout.headerOf(row).intersects(scene.clip)) paintHeader(painter, scene, row);
    if (!scene.document.hasClip()) return;
    const QRectF box = viewBox(scene);
    paintSound(painter, scene, row, box);
    paintMarks(painter, scene, row);
    paintBox(painter, scene, box);
}

double wholeClipX(const LaneScene& scene, Seconds time) {
    const double width = scene.axis.right() - scene.axis.left();
    return scene.axis.left() + time.value / scene.axis.duration() * width;
}

Seconds wholeClipTime(const LaneScene& scene, double x) {
    const double width = scene.axis.right() - scene.axis.left();
    return {(x - scene.axis.left()) / width * scene.axis.duration()};
}

QRectF viewBox(const LaneScene& scene) {
    const QRect row = scene.layout.wholeClip();
    const double begin = wholeClipX(scene, {scene.axis.begin()});
    const double end = wholeClipX(scene, {scene.axis.end()});
    return {begin, row.top() + 3.0, std::max(end - begin, 8.0), row.height() - 6.0};
}

} // namespace gesture::app
