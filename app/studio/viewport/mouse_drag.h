// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/services/settings.h"

#include <Qt>

namespace gesture::app {

/// What a drag in the viewport does.
enum class MouseDrag { None, Orbit, Pan, Dolly };

/// The habits of Blender, Maya or a laptop; Studio joins the three.
[[nodiscard]] MouseDrag mouseDragOf(MouseStyle style, Qt::MouseButton button,
                                    Qt::KeyboardModifiers modifiers);

} // namespace gesture::app
