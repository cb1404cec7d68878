// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/stage/stage.h"
#include "app/studio/services/settings.h"
#include "app/studio/theme/theme.h"
#include "app/studio/viewport/mouse_drag.h"
#include "app/studio/viewport/view_controller.h"
#include "render/scene_renderer.h"

#include <QOpenGLWidget>

#include <memory>

class QOpenGLFramebufferObject;

namespace gesture::app {

/// The body in OpenGL 4.1 core. Makes its objects anew when the context is lost. GUI thread.
class ViewportWidget final : public QOpenGLWidget {
    Q_OBJECT

public:
    ViewportWidget(ViewController& view, const Theme& theme, QWidget* parent = nullptr);
    ~ViewportWidget() override;

    void setTheme(const Theme& theme);
    void setMouseStyle(MouseStyle style) { mouseStyle_ = style; }
    void setStage(std::shared_ptr<Stage> stage);
    [[nodiscard]] const std::shared_ptr<Stage>& stage() const { return stage_; }
    /// Shows a frame of the stage's clip.
    void showFrame(FrameIndex frame);
    [[nodiscard]] FrameIndex frame() const { return frame_; }
    /// While playing, a computer without a graphics card draws fewer pixels.
    void setPlaying(bool playing);
    /// Name of the OpenGL in use; empty before it works.
    [[nodiscard]] const QString& description() const { return description_; }

Q_SIGNALS:
    /// OpenGL does not work; `details` are for bug reports. Emitted at most once a context.
    void unusable(const QString& details);
    /// A picture of this frame is complete.
    void painted(gesture::FrameIndex frame);
    /// A click, not a drag.
    void clicked(const QPointF& place);

protected:
    void initializeGL() override;
    void paintGL() override;
    void resizeGL(int width, int height) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    void releaseContext();
    void fail(const Error& error);
    void upload();
    [[nodiscard]] Status draw(unsigned framebuffer, const QSize& pixels);
    [[nodiscard]] Status drawReduced(const QSize& full);
    [[nodiscard]] render::SceneStyle sceneStyle() const;

    ViewController& view_;
    const Theme* theme_;
    MouseStyle mouseStyle_ = MouseStyle::Studio;
    std::shared_ptr<Stage> stage_;
    std::unique_ptr<render::SceneRenderer> renderer_;
    std::unique_ptr<QOpenGLFramebufferObject> reduced_; ///< For drawing fewer pixels.
    bool software_ = false;                             ///< OpenGL is computed on the processor.
    bool playing_ = false;
    FrameIndex frame_;
    bool meshDirty_ = true;
    bool poseDirty_ = true;
    bool failed_ = false;
    QString description_;
    MouseDrag drag_ = MouseDrag::None;
    bool dragged_ = false;
    QPointF pressed_;
    QPointF last_;
};

} // namespace gesture::app
