// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/viewport/scene_view.h"

#include <QWidget>

#include <functional>

namespace gesture::app {

/// Whom a surface tells what.
struct SurfaceEvents {
    /// A picture of this frame is complete and on its way to the screen.
    std::function<void(FrameIndex)> painted;
    /// OpenGL does not work; at most once a context.
    std::function<void(const Error&)> failed;
};

/// A widget that shows a SceneView. GUI thread.
class SceneSurface {
public:
    SceneSurface() = default;
    SceneSurface(const SceneSurface&) = delete;
    SceneSurface& operator=(const SceneSurface&) = delete;
    virtual ~SceneSurface() = default;

    [[nodiscard]] virtual QWidget& widget() = 0;
    /// What is to be seen has changed.
    virtual void redraw() = 0;
    /// Throws the graphics context away, as a driver's reset does, and takes a new one.
    virtual void loseContext() = 0;
};

} // namespace gesture::app
