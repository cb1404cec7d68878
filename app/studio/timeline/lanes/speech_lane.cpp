// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/waveform_painter.h"

namespace gesture::app {

void paintSpeechLane(QPainter& painter, const LaneScene& scene, const QRect& area) {
    const double length = scene.document.audio()->info.duration().value;
    // A little more, so that columns that are painted anew meet the others.
    constexpr int kMargin = 2;
    const QRectF shown(scene.clip.left() - kMargin, area.top(), scene.clip.width() + 2 * kMargin,
                       area.height());
    paintWaveform(painter, {scene.document.audio()->waveform, scene.theme, shown,
                            scene.axis.timeAt(shown.left()).value / length,
                            scene.axis.timeAt(shown.right()).value / length, scene.ratio,
                            scene.document.muted()});
}

} // namespace gesture::app
