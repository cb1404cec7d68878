// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"
#include "app/studio/viewport/scene_bodies.h"
#include "app/studio/viewport/view_controller.h"
#include "render/scene_renderer.h"

#include <QString>

#include <memory>

namespace gesture::app {

/// What the viewport shows, and the renderer that draws it. The renderer is made and released with
/// the context; what is shown outlives both. GUI thread; owned by ViewportWidget.
class SceneView final {
public:
    /// `bodies` must outlive this.
    SceneView(const ViewController& view, SceneBodies& bodies, const Theme& theme)
        : view_(view)
        , bodies_(bodies)
        , theme_(&theme) {}

    void setTheme(const Theme& theme) { theme_ = &theme; }
    /// The bodies have other motion or colours, and another mesh if `meshToo`.
    void refreshBodies(bool meshToo) {
        poseDirty_ = true;
        meshDirty_ = meshDirty_ || meshToo;
    }
    /// False when this frame is shown already.
    [[nodiscard]] bool setFrame(FrameIndex frame);
    [[nodiscard]] FrameIndex frame() const { return frame_; }

    /// Makes the renderer in the current context. Unavailable when the context does not fit.
    [[nodiscard]] Status create();
    /// Only while the context is current, if there is a renderer.
    void release() { renderer_.reset(); }
    [[nodiscard]] bool ready() const { return renderer_ != nullptr; }
    /// Name of the OpenGL in use; empty before it works.
    [[nodiscard]] const QString& description() const { return description_; }

    /// Brings mesh, pose and style into the renderer. Needs the context.
    [[nodiscard]] Status prepare();
    /// Only when ready.
    [[nodiscard]] render::SceneRenderer& renderer() { return *renderer_; }
    [[nodiscard]] const render::Camera& camera() const { return view_.camera(); }
    /// Device pixels a logical px, for the thickness of outlines.
    void setPixelRatio(double ratio) { pixelRatio_ = static_cast<float>(ratio); }

private:
    [[nodiscard]] render::SceneStyle style() const;

    const ViewController& view_;
    SceneBodies& bodies_;
    const Theme* theme_;
    SceneLook shown_; ///< What the renderer's figures were made by.
    std::unique_ptr<render::SceneRenderer> renderer_;
    FrameIndex frame_;
    float pixelRatio_ = 1;
    bool meshDirty_ = true;
    bool poseDirty_ = true;
    QString description_;
};

} // namespace gesture::app
