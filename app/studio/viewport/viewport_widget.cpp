// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/viewport_widget.h"

#include "app/studio/viewport/opengl_probe.h"
#include "core/base/log.h"
#include "render/headless_context.h"

#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QOpenGLContext>
#include <QOpenGLFramebufferObject>
#include <QWheelEvent>

namespace gesture::app {

namespace {

constexpr double kDragStart = 3;
/// Without a graphics card half of the pixels are drawn while playing: time goes before sharpness.
constexpr double kReducedScale = 0.7;
constexpr double kDollyPerNotch = 40; ///< As many pixels of a drag.
constexpr double kDollyPerPinch = 400;

render::Rgb rgbOf(const QColor& colour) { return {colour.redF(), colour.greenF(), colour.blueF()}; }

} // namespace

ViewportWidget::ViewportWidget(ViewController& view, const Theme& theme, QWidget* parent)
    : QOpenGLWidget(parent)
    , view_(view)
    , theme_(&theme) {
    setFormat(viewportFormat());
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("3D view"));
    connect(&view_, &ViewController::changed, this, [this] { update(); });
}

ViewportWidget::~ViewportWidget() { releaseContext(); }

void ViewportWidget::setTheme(const Theme& theme) {
    theme_ = &theme;
    update();
}

void ViewportWidget::setStage(std::shared_ptr<Stage> stage) {
    stage_ = std::move(stage);
    meshDirty_ = poseDirty_ = true;
    update();
}

void ViewportWidget::showFrame(FrameIndex frame) {
    if (frame == frame_ && !poseDirty_) return;
    frame_ = frame;
    poseDirty_ = true;
    update();
}

void ViewportWidget::initializeGL() {
    connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &ViewportWidget::releaseContext);
    auto described = render::describeCurrentContext();
    if (!described) return fail(described.error());
    auto renderer = render::SceneRenderer::create();
    if (!renderer) return fail(renderer.error());
    description_ = QString::fromStdString(*described);
    software_ = described->find("llvmpipe") != std::string::npos ||
                described->find("softpipe") != std::string::npos;
    logInfo("3D view: " + *described);
    renderer_ = std::move(renderer).value();
    meshDirty_ = poseDirty_ = true;
    failed_ = false;
}

void ViewportWidget::releaseContext() {
    if (!renderer_) return;
    makeCurrent();
    reduced_.reset();
    renderer_.reset();
    doneCurrent();
}

void ViewportWidget::fail(const Error& error) {
    if (failed_) return;
    failed_ = true;
    logError(error.message());
    const QString details = QString::fromStdString(error.message());
    QMetaObject::invokeMethod(
        this, [this, details] { Q_EMIT unusable(details); }, Qt::QueuedConnection);
}

void ViewportWidget::upload() {
    if (meshDirty_ && stage_) {
        const Status status = renderer_->setMesh(stage_->mesh());
        if (!status.ok()) return fail(status.error());
    }
    if ((poseDirty_ || meshDirty_) && stage_) {
        const Status status = renderer_->setPose(stage_->poseAt(frame_));
        if (!status.ok()) logWarning(status.error().message());
    }
    meshDirty_ = poseDirty_ = false;
}

render::SceneStyle ViewportWidget::sceneStyle() const {
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

Status ViewportWidget::draw(unsigned framebuffer, const QSize& pixels) {
    render::RenderTarget target;
    target.framebuffer = framebuffer;
    target.width = pixels.width();
    target.height = pixels.height();
    return renderer_->draw(view_.camera(), target);
}

Status ViewportWidget::drawReduced(const QSize& full) {
    const QSize pixels = full * kReducedScale;
    if (!reduced_ || reduced_->size() != pixels) {
        reduced_ = std::make_unique<QOpenGLFramebufferObject>(pixels);
    }
    const Status status = draw(reduced_->handle(), pixels);
    if (!status.ok()) return status;
    QOpenGLFramebufferObject::blitFramebuffer(nullptr, QRect(QPoint(0, 0), full), reduced_.get(),
                                              QRect(QPoint(0, 0), pixels), GL_COLOR_BUFFER_BIT,
                                              GL_LINEAR);
    return Status::success();
}

void ViewportWidget::setPlaying(bool playing) {
    playing_ = playing;
    update();
}

void ViewportWidget::paintGL() {
    if (!renderer_) return;
    upload();
    renderer_->setStyle(sceneStyle());
    const QSize full = size() * devicePixelRatioF();
    const bool reduced = software_ && playing_;
    const Status status = reduced ? drawReduced(full) : draw(defaultFramebufferObject(), full);
    if (!status.ok()) return fail(status.error());
    Q_EMIT painted(frame_);
}

void ViewportWidget::resizeGL(int width, int height) { view_.setView({width, height}); }

void ViewportWidget::mousePressEvent(QMouseEvent* event) {
    pressed_ = last_ = event->position();
    dragged_ = false;
    drag_ = mouseDragOf(mouseStyle_, event->button(), event->modifiers());
}

void ViewportWidget::mouseMoveEvent(QMouseEvent* event) {
    const QPointF place = event->position();
    if (drag_ == MouseDrag::None) return;
    if (!dragged_ && (place - pressed_).manhattanLength() < kDragStart) return;
    dragged_ = true;
    const QPointF moved = place - last_;
    last_ = place;
    switch (drag_) {
    case MouseDrag::Orbit:
        setCursor(Qt::ClosedHandCursor);
        return view_.orbit(moved);
    case MouseDrag::Pan:
        setCursor(Qt::SizeAllCursor);
        return view_.pan(moved);
    case MouseDrag::Dolly:
        setCursor(Qt::SizeVerCursor);
        return view_.dolly(moved.x() - moved.y());
    case MouseDrag::None:
        return;
    }
}

void ViewportWidget::mouseReleaseEvent(QMouseEvent* event) {
    unsetCursor();
    drag_ = MouseDrag::None;
    if (!dragged_ && event->button() == Qt::LeftButton) Q_EMIT clicked(event->position());
}

void ViewportWidget::wheelEvent(QWheelEvent* event) {
    view_.dolly(event->angleDelta().y() / 120.0 * kDollyPerNotch);
    event->accept();
}

bool ViewportWidget::event(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            view_.dolly(gesture->value() * kDollyPerPinch);
            return true;
        }
    }
    return QOpenGLWidget::event(event);
}

} // namespace gesture::app
