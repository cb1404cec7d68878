// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/lane_scene.h"

namespace gesture::app {

/// The clip from end to end with mask marks and the box of the stretch in view.
void paintWholeClip(QPainter& painter, const LaneScene& scene);

/// The box of the visible stretch.
[[nodiscard]] QRectF viewBox(const LaneScene& scene);
/// Place of a time in the whole-clip lane, and back.
[[nodiscard]] double wholeClipX(const LaneScene& scene, Seconds time);
[[nodiscard]] Seconds wholeClipTime(const LaneScene& scene, double x);

} // namespace gesture::app
