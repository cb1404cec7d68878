// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/document/document.h"
#include "app/studio/theme/theme.h"
#include "app/studio/timeline/density.h"
#include "app/studio/timeline/time_axis.h"

#include <QPainter>
#include <QRect>

namespace gesture::app {

enum class RulerUnit { Clock, Seconds, Frames };

/// What the lanes are painted from; references must outlive the call.
struct LaneScene {
    const Theme& theme;
    const Document& document;
    const TimeAxis& axis;
    Density density;
    RulerUnit unit = RulerUnit::Clock;
    QRect ruler; ///< Whole rows, with their headers.
    QRect speech;
    QRect wholeClip;
    double ratio = 1; ///< Device pixels per logical px.
};

/// Everything that stays while the playhead moves.
void paintLanes(QPainter& painter, const LaneScene& scene);
/// The playhead with its flag, through all lanes, and in the whole clip.
void paintPlayhead(QPainter& painter, const LaneScene& scene);
/// Where the playhead draws, for repainting only that.
[[nodiscard]] QRegion playheadRegion(const LaneScene& scene);

/// The mute sign in the speech header.
[[nodiscard]] QRect muteSign(const LaneScene& scene);
/// The box of the visible stretch in the whole-clip lane.
[[nodiscard]] QRectF viewBox(const LaneScene& scene);
/// Place of a time in the whole-clip lane, and back.
[[nodiscard]] double wholeClipX(const LaneScene& scene, Seconds time);
[[nodiscard]] Seconds wholeClipTime(const LaneScene& scene, double x);

} // namespace gesture::app
