// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/scene_view.h"

#include "core/base/log.h"
#include "render/headless_context.h"

namespace gesture::app {

namespace {

render::Rgb rgbOf(const QColor& colour) { return {colour.redF(), colour.greenF(), colour.blueF()}; }

} // namespace

bool SceneView::setFrame(FrameIndex frame) {
    if (frame == frame_ && !poseDirty_) return false;
    frame_ = frame;
    poseDirty_ = true;
    return true;
}

Status SceneView::create() {
    auto described = render::describeCurrentContext();
    if (!described) return std::move(described).error();
    auto renderer = render::SceneRenderer::create();
    if (!renderer) return std::move(renderer).error();
    description_ = QString::fromStdString(*described);
    logInfo("3D view: " + *described);
    renderer_ = std::move(renderer).value();
    meshDirty_ = poseDirty_ = true;
    return Status::success();
}

Status SceneView::prepare() {
    const Stage* const stage = bodies_.stage();
    if (meshDirty_ && stage != nullptr) {
        if (Status status = renderer_->setMesh(stage->mesh()); !status) return status;
    }
    const SceneLook look{view_.overlays(), view_.splitOffset(), theme_};
    if ((poseDirty_ || meshDirty_ || look != shown_) && stage != nullptr) {
        const Status status = renderer_->setFigures(bodies_.figures(frame_, look));
        if (!status) logWarning(status.error().message());
    }
    meshDirty_ = poseDirty_ = false;
    shown_ = look;
    renderer_->setStyle(style());
    return Status::success();
}

render::SceneStyle SceneView::style() const {
    render::SceneStyle style;
    style.shading = view_.shading();
    style.backgroundCentre = rgbOf(theme_->vp0);
    style.backgroundEdge = rgbOf(theme_->vp1);
    style.gridColour = rgbOf(theme_->grid);
    style.jointColour = rgbOf(theme_->acc);
    style.wireColour = rgbOf(theme_->acc);
    style.boneColour = rgbOf(theme_->wavein);
    style.showGrid = view_.floor();
    style.showGroundShadow = view_.floor();
    style.groundHeight = bodies_.stage() != nullptr ? bodies_.stage()->groundHeight() : 0.0F;
    constexpr float kOutline = 1.2F; // logical px
    style.outlinePixels = kOutline * pixelRatio_;
    return style;
}

} // namespace gesture::app
