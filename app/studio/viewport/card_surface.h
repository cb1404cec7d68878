// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/viewport/scene_surface.h"

#include <QOpenGLWidget>

namespace gesture::app {

/// The scene on a graphics card: the whole picture is drawn, and composed with the window by the
/// card. GUI thread.
class CardSurface final : public QOpenGLWidget, public SceneSurface {
    Q_OBJECT

public:
    CardSurface(SceneView& scene, SurfaceEvents events, QWidget* parent);
    ~CardSurface() override;

    [[nodiscard]] QWidget& widget() override { return *this; }
    void redraw() override { update(); }
    void loseContext() override;

protected:
    void initializeGL() override;
    void paintGL() override;

private:
    void releaseContext();

    SceneView& scene_;
    SurfaceEvents events_;
    bool failed_ = false;
};

} // namespace gesture::app
