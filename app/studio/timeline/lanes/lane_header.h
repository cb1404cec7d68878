// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/lane_scene.h"

namespace gesture::app {

/// What stands at the right of a lane's header and can be clicked.
enum class LaneSign { Mute, Eye, Lock, Solo };

struct LaneSignPlace {
    LaneSign sign = LaneSign::Eye;
    QRect place;     ///< 14 px wide.
    bool on = false; ///< Muted, hidden, locked, solo.
};

/// From left to right; none on a lane that is collapsed.
[[nodiscard]] std::vector<LaneSignPlace> laneSigns(const LaneScene& scene, const LaneRow& row);

/// The box with A or B in a take's header.
[[nodiscard]] QRect takeBadge(const LaneRow& row);

/// Room for a number left of the signs.
[[nodiscard]] QRect laneValue(const LaneScene& scene, const LaneRow& row);

void paintLaneHeader(QPainter& painter, const LaneScene& scene, const LaneRow& row);
/// The score at the playhead; belongs to the layer of the playhead.
void paintScoreValue(QPainter& painter, const LaneScene& scene, const LaneRow& row);

} // namespace gesture::app
