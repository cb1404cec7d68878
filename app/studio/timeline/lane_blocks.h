// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/lane_scene.h"

namespace gesture::app {

/// One thing on a lane, as a screen reader says it.
struct LaneBlock {
    QString text; ///< "Hands, regenerate, 25.33 to 26.80 seconds"
    QRect place;  ///< In the timeline.
};

/// What of a lane is in view, from left to right; 200 at most.
[[nodiscard]] std::vector<LaneBlock> blocksOf(const LaneScene& scene, const LaneRow& row);

/// A lane's header in words: name, number of masked frames, locked, solo, hidden, folded.
[[nodiscard]] QString headerText(const LaneScene& scene, const LaneRow& row);

} // namespace gesture::app
