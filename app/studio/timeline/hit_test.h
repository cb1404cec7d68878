// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/lane_scene.h"
#include "app/studio/timeline/lanes/lane_header.h"
#include "app/studio/timeline/tools/tool_settings.h"

#include <QPointF>

namespace gesture::app {

/// Kinds of things under the pointer.
enum class Zone {
    Nothing,
    Unit, ///< The ruler's header.
    Ruler,
    In,
    Out,
    Band,
    Marker,     ///< index
    Header,     ///< lane
    Sign,       ///< lane, sign
    Badge,      ///< lane: of a take
    Lane,       ///< lane: nothing special there
    Button,     ///< lane, offer: in an empty lane
    BlockBegin, ///< lane, block: edges of a mask's block
    BlockEnd,
    Block,
    Word,      ///< index
    WordBegin, ///< index
    WordEnd,   ///< index
    Threshold,
    Take,       ///< lane
    BelowLanes, ///< Free room under the last lane.
    BoxBegin,   ///< Whole clip
    BoxEnd,
    Box,
};

struct Hit {
    Zone zone = Zone::Nothing;
    LaneId lane = LaneId::Speech;
    std::size_t index = 0;
    FrameRange block;
    LaneSign sign = LaneSign::Eye;
    LaneOffer offer = LaneOffer::AlignWords;
};

/// Blocks, words and the threshold count for the select tool alone; the others work on lanes.
[[nodiscard]] Hit hitAt(const LaneScene& scene, const QPointF& place, TimelineTool tool);

/// What a drag there does, in words for the status bar; empty: nothing.
[[nodiscard]] QString hintOf(const Hit& hit, const ToolSettings& settings);
/// What is there, for the tool tip; may be empty.
[[nodiscard]] QString tipOf(const LaneScene& scene, const Hit& hit, const QPointF& place);

} // namespace gesture::app
