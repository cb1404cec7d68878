// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QSurfaceFormat>

namespace gesture::app {

/// What the 3D view asks for: OpenGL 4.1 core; the renderer brings its own depth and samples.
[[nodiscard]] QSurfaceFormat viewportFormat();

/// Tries to make such a context. Unavailable, with what is there instead. GUI thread.
[[nodiscard]] Status probeOpenGl();

} // namespace gesture::app
