// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/lane_scene.h"
#include "app/studio/timeline/tools/tool_settings.h"

namespace gesture::app {

/// What a drag is about: it does not snap to itself.
struct SnapRules {
    bool targets = true; ///< False: to frames alone (Alt, or snapping is off).
    bool cells = false;  ///< To the cells of masks and nothing else.
    bool range = true;   ///< In and out count.
    /// Masked stretches instead of those on the screen; must outlive the call.
    const inference::PerPart<std::vector<FrameRange>>* runs = nullptr;
    std::optional<std::size_t> ownMarker{};
    std::optional<std::size_t> ownWord{}; ///< With those beside it.
};

/// The boundary between frames at a place: within 6 px of it a mask edge, a word, a marker, in or
/// out, a window border (the first kind that is near wins, then the nearest), else the nearest
/// boundary. Inside of the clip; the name is empty where only frames count.
[[nodiscard]] SnapGuide snapAt(const LaneScene& scene, double x, const SnapRules& rules);

/// Cells that hold a range, cut to the clip.
[[nodiscard]] FrameRange wholeCells(const LaneScene& scene, FrameRange range);

/// Word ends, mask edges and markers: the nearest before or after a frame; nothing at the ends.
[[nodiscard]] std::optional<FrameIndex> edgeBefore(const LaneScene& scene, FrameIndex frame);
[[nodiscard]] std::optional<FrameIndex> edgeAfter(const LaneScene& scene, FrameIndex frame);

} // namespace gesture::app
