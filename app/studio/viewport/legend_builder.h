// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/viewport/overlay_builder.h"
#include "app/studio/viewport/view_legend.h"

namespace gesture::app {

/// What the colours stand for that the view shows; empty when it shows the body as it is.
[[nodiscard]] std::vector<LegendEntry> legendOf(const OverlayInput& input);

} // namespace gesture::app
