// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/lane_scene.h"

#include <QRegion>

namespace gesture::app {

/// Everything that stays while the playhead moves and nothing is dragged; only `scene.clip`.
void paintLanes(QPainter& painter, const LaneScene& scene);

/// Selection, rubber band, guide and drop mark, above the lanes.
void paintOverlay(QPainter& painter, const LaneScene& scene, const DragPicture& drag);

/// The playhead with its flag and what it reads from the lanes.
void paintPlayhead(QPainter& painter, const LaneScene& scene);
/// Where the playhead draws, for repainting only that.
[[nodiscard]] QRegion playheadRegion(const LaneScene& scene);

/// "Drop audio here to begin." in the middle of the lanes.
[[nodiscard]] QRect lanesNotePlace(const LaneScene& scene);

} // namespace gesture::app
