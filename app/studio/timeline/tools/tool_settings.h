// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/edit_mask.h"

namespace gesture::app {

enum class TimelineTool { Select, Paint, Range, Erase };

/// How the mouse works on the lanes. Value type.
struct ToolSettings {
    TimelineTool tool = TimelineTool::Select;
    bool snap = true;
    bool cells = false;       ///< Masks in whole cells (see TimelineContent::framesPerToken).
    bool wholeFrames = false; ///< Every stroke masks all parts.
    /// What strokes outside of the mask lanes are for.
    inference::PartSet parts = inference::kAllParts;

    bool operator==(const ToolSettings&) const = default;
};

} // namespace gesture::app
