// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/scene_view.h"

#include "core/base/log.h"
#include "render/headless_context.h"

namespace gesture::app {

namespace {

render::Rgb rgbOf(const QColor& colour) { return {colour.redF(), colour.greenF(), colour.blueF()}; }

} // namespace

void SceneView::setStage(std::shared_ptr<Stage> stage) {
    stage_ = std::move(stage);
    meshDirty_ = poseDirty_ = true;
}

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
    if (meshDirty_ && stage_) {
        if (Status status = renderer_->setMesh(stage_->mesh()); !status) return status;
    }
    if ((poseDirty_ || meshDirty_) && stage_) {
        const Status status = renderer_->setPose(stage_->poseAt(frame_));
        if (!status) logWarning(status.error().message());
    }
    meshDirty_ = poseDirty_ = false;
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
    style.groundHeight = stage_ ? stage_->groundHeight() : 0.0F;
    return style;
}

} // namespace gesture::app
