// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_painters.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kTop = 6;    ///< Free above a score of 1.
constexpr double kBottom = 2; ///< Free below a score of 0.
constexpr double kCap = 1.6;
constexpr int kGripWidth = 36;
constexpr int kGripHeight = 15;

struct Step {
    double begin = 0; ///< x
    double end = 0;
    float score = 0;
    bool chosen = false; ///< The semantic motion was taken.
};

void paintStep(QPainter& painter, const LaneScene& scene, const QRect& area, const Step& step) {
    const bool above = step.score >= scene.content.threshold;
    const double top = scoreY(area, step.score);
    const double bottom = scoreY(area, 0);
    const double gap = step.end - step.begin > 4 ? 0.5 : 0;
    const double width = step.end - step.begin - 2 * gap;
    const QColor& sem = scene.theme.sem;
    painter.fillRect(QRectF(step.begin + gap, top, width, bottom - top),
                     withAlpha(sem, above ? 0.34 : 0.13));
    painter.fillRect(QRectF(step.begin + gap, top, width, kCap), withAlpha(sem, above ? 1 : 0.5));
    if (step.chosen && area.height() > 18) {
        painter.fillRect(QRectF(step.begin + gap, bottom, width, 2), withAlpha(sem, 0.9));
    }
}

/// Each token is a step of its own.
void paintTokens(QPainter& painter, const LaneScene& scene, const QRect& area, int frames) {
    const inference::SemanticTrack& track = *scene.content.semantic;
    const FrameRange shown = visibleFrames(scene);
    const std::int64_t last =
        std::min<std::int64_t>(shown.end.value / frames + 1, scene.index.score.size());
    for (std::int64_t token = shown.begin.value / frames; token < last; ++token) {
        const float score = scene.index.score.at(token);
        if (std::isnan(score)) continue;
        const auto at = static_cast<std::size_t>(token);
        paintStep(painter, scene, area,
                  {scene.xOf({token * frames}), scene.xOf({(token + 1) * frames}), score,
                   at < track.chosen.size() && track.chosen[at] == 1});
    }
}

/// The highest token of each column.
void paintColumns(QPainter& painter, const LaneScene& scene, const QRect& area, int frames) {
    for (int x = scene.clip.left(); x <= scene.clip.right(); ++x) {
        const std::int64_t begin = scene.frameAt(x).value / frames;
        const std::int64_t end = std::max(scene.frameAt(x + 1).value / frames, begin + 1);
        const float score = scene.index.score.highest(begin, end);
        if (std::isnan(score)) continue;
        paintStep(painter, scene, area,
                  {static_cast<double>(x), static_cast<double>(x + 1), score, false});
    }
}

} // namespace

double scoreY(const QRect& area, double score) {
    const double room = std::max(area.height() - kTop - kBottom - 1, 1.0);
    return area.top() + kTop + (1 - std::clamp(score, 0.0, 1.0)) * room;
}

double scoreAt(const QRect& area, double y) {
    const double room = std::max(area.height() - kTop - kBottom - 1, 1.0);
    return std::clamp(1 - (y - area.top() - kTop) / room, 0.0, 1.0);
}

QRectF thresholdGrip(const LaneScene& scene, const QRect& area) {
    const double middle = std::floor(scoreY(area, scene.content.threshold));
    const double height = std::min(kGripHeight, area.height() - 1);
    const double top =
        std::clamp(middle - height / 2, static_cast<double>(area.top()),
                   std::max(area.bottom() - height, static_cast<double>(area.top())));
    return {static_cast<double>(area.right() - kGripWidth - 8), std::floor(top),
            static_cast<double>(kGripWidth), height};
}

void paintSemanticLane(QPainter& painter, const LaneScene& scene, const QRect& area) {
    constexpr double kNarrowestStep = 1.5;
    const int frames = std::max(scene.content.semantic->framesPerToken, 1);
    if (scene.pixelsPerFrame() * frames >= kNarrowestStep) {
        paintTokens(painter, scene, area, frames);
    } else {
        paintColumns(painter, scene, area, frames);
    }
    const double y = std::floor(scoreY(area, scene.content.threshold)) + 0.5;
    painter.setPen(QPen(withAlpha(scene.theme.sem, 0.7), 1, Qt::DashLine));
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    if (area.height() <= kCollapsedLane) return;
    const QRectF grip = thresholdGrip(scene, area);
    drawRounded(painter, grip, 3, scene.theme.bg3, scene.theme.line2);
    drawLaneText(painter,
                 {grip, QLocale().toString(scene.content.threshold, 'f', 2), scene.theme.tx2,
                  themeFont(10, 500, FontFamily::Mono), Qt::AlignHCenter});
}

} // namespace gesture::app
