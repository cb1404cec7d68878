// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/viewport/opengl_probe.h"
#include "app/studio/viewport/scene_surface.h"

namespace gesture::app {

/// The scene where OpenGL is computed on the processor. A window with a QOpenGLWidget in it is
/// composed by OpenGL as a whole for every picture, which costs as much as the scene there; so this
/// one draws beside the window, reads back what changed, and repaints only that. GUI thread.
class ProcessorSurface final : public QWidget, public SceneSurface {
    Q_OBJECT

public:
    ProcessorSurface(SceneView& scene, OpenGlProbe probe, SurfaceEvents events, QWidget* parent);
    ~ProcessorSurface() override;

    [[nodiscard]] QWidget& widget() override { return *this; }
    void redraw() override;
    void loseContext() override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void releaseContext();
    void fail(const Error& error);
    [[nodiscard]] bool makeReady();
    void draw();

    SceneView& scene_;
    OpenGlProbe gl_;
    SurfaceEvents events_;
    render::Image picture_;
    bool dirty_ = true;   ///< `picture_` does not show the scene.
    bool unseen_ = false; ///< `picture_` is not in the window yet.
    bool failed_ = false;
};

} // namespace gesture::app
