// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/lane_scene.h"

namespace gesture::app {

/// Distances of labels and of the two kinds of ticks, seconds.
struct RulerSteps {
    double label = 1;
    double middle = 0.5;
    double small = 1.0 / 6;
};

/// Steps at which labels do not touch: frames when the view is close, else seconds and minutes.
[[nodiscard]] RulerSteps rulerSteps(const TimeAxis& axis, FrameRate rate);

/// Ticks, labels, segments, markers, in/out band with its handles, and the header.
void paintRuler(QPainter& painter, const LaneScene& scene);

/// A marker's flag, 8 x 11.
[[nodiscard]] QRectF markerFlag(const LaneScene& scene, FrameIndex frame);

} // namespace gesture::app
