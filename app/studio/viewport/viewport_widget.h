// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/services/settings.h"
#include "app/studio/theme/theme.h"
#include "app/studio/viewport/mouse_drag.h"
#include "app/studio/viewport/opengl_probe.h"
#include "app/studio/viewport/scene_surface.h"
#include "app/studio/viewport/scene_view.h"
#include "app/studio/viewport/view_controller.h"
#include "app/studio/widgets/focus_ring.h"

#include <QWidget>

#include <memory>

namespace gesture::app {

/// The body in OpenGL 4.1 core, on the surface that suits the graphics, and the mouse in it. Makes
/// its objects anew when the context is lost. GUI thread.
class ViewportWidget final : public QWidget {
    Q_OBJECT

public:
    /// `view` and `bodies` must outlive it.
    ViewportWidget(ViewController& view, SceneBodies& bodies, OpenGlProbe probe, const Theme& theme,
                   QWidget* parent = nullptr);
    ~ViewportWidget() override;

    void setTheme(const Theme& theme);
    void setMouseStyle(MouseStyle style) { mouseStyle_ = style; }
    /// The bodies have other motion or colours, and another mesh if `meshToo`.
    void refreshBodies(bool meshToo);
    /// Shows a frame of the takes.
    void showFrame(FrameIndex frame);
    /// Throws the graphics context away, as a driver's reset does, and takes a new one.
    void loseContext() { surface_->loseContext(); }
    /// What is to be seen, in words.
    [[nodiscard]] QString contentText() const;
    /// Name of the OpenGL in use; empty before it works.
    [[nodiscard]] const QString& description() const { return scene_.description(); }

Q_SIGNALS:
    /// OpenGL does not work; `details` are for bug reports. Emitted at most once a context.
    void unusable(const QString& details);
    /// A picture of this frame is complete.
    void painted(gesture::FrameIndex frame);
    /// A click, not a drag.
    void clicked(const QPointF& place);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    ViewController& view_;
    MouseStyle mouseStyle_ = MouseStyle::Studio;
    SceneView scene_;
    SceneSurface* surface_; ///< A child widget.
    FocusRing* ring_;       ///< A sibling.
    MouseDrag drag_ = MouseDrag::None;
    bool dragged_ = false;
    QPointF pressed_;
    QPointF last_;
};

} // namespace gesture::app
