// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QSurfaceFormat>

#include <memory>

namespace gesture::app {

/// What the 3D view asks for: OpenGL 4.1 core; the renderer brings its own depth and samples.
[[nodiscard]] QSurfaceFormat viewportFormat();

/// A context that belongs to no window.
struct OpenGlProbe {
    std::unique_ptr<QOpenGLContext> context;
    std::unique_ptr<QOffscreenSurface> surface; ///< What it can be made current on.
    /// Pictures are computed on the processor.
    bool software = false;
};

/// Tries to make such a context. Unavailable, with what is there instead. GUI thread.
[[nodiscard]] Result<OpenGlProbe> probeOpenGl();

} // namespace gesture::app
