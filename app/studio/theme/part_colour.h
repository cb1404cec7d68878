// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"
#include "core/motion/skeleton.h"

namespace gesture::app {

/// The colour that a body part has in every view.
[[nodiscard]] const QColor& partColour(const Theme& theme, motion::BodyPart part);

} // namespace gesture::app
