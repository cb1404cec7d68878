// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/processor_surface.h"

#include <QImage>
#include <QPaintEvent>
#include <QPainter>

namespace gesture::app {

ProcessorSurface::ProcessorSurface(SceneView& scene, OpenGlProbe probe, SurfaceEvents events,
                                   QWidget* parent)
    : QWidget(parent)
    , scene_(scene)
    , gl_(std::move(probe))
    , events_(std::move(events)) {
    setAttribute(Qt::WA_OpaquePaintEvent);
}

ProcessorSurface::~ProcessorSurface() { releaseContext(); }

void ProcessorSurface::releaseContext() {
    if (!scene_.ready()) return;
    gl_.context->makeCurrent(gl_.surface.get());
    scene_.release();
    gl_.context->doneCurrent();
}

void ProcessorSurface::loseContext() {
    releaseContext();
    auto again = probeOpenGl();
    if (!again) return fail(again.error());
    gl_ = std::move(again).value();
    picture_ = {};
    failed_ = false;
    redraw();
}

void ProcessorSurface::fail(const Error& error) {
    if (failed_) return;
    failed_ = true;
    events_.failed(error);
}

void ProcessorSurface::redraw() {
    if (dirty_) return;
    dirty_ = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (dirty_ && isVisible()) draw();
        },
        Qt::QueuedConnection);
}

bool ProcessorSurface::makeReady() {
    if (failed_) return false;
    if (QOpenGLContext::currentContext() != gl_.context.get() &&
        !gl_.context->makeCurrent(gl_.surface.get())) {
        fail(Error(ErrorCode::Unavailable, "The OpenGL context cannot be used any more."));
        return false;
    }
    if (scene_.ready()) return true;
    if (const Status status = scene_.create(); !status) fail(status.error());
    return !failed_;
}

void ProcessorSurface::draw() {
    const double ratio = devicePixelRatioF();
    const QSize pixels = size() * ratio;
    if (pixels.isEmpty() || !makeReady()) return;
    dirty_ = false;
    if (const Status status = scene_.prepare(); !status) return fail(status.error());
    const auto changed =
        scene_.renderer().updateImage(picture_, scene_.camera(), pixels.width(), pixels.height());
    if (!changed) return fail(changed.error());
    unseen_ = true;
    const QRectF place(changed->x / ratio, (pixels.height() - changed->y - changed->height) / ratio,
                       changed->width / ratio, changed->height / ratio);
    update(place.toAlignedRect());
}

void ProcessorSurface::paintEvent(QPaintEvent* event) {
    if (dirty_) draw();
    if (picture_.pixels.empty()) return;
    QImage image(picture_.pixels.data(), picture_.width, picture_.height, QImage::Format_RGBX8888);
    image.setDevicePixelRatio(devicePixelRatioF());
    QPainter painter(this);
    painter.setClipRegion(event->region());
    painter.drawImage(0, 0, image);
    if (!unseen_) return;
    unseen_ = false;
    const FrameIndex frame = scene_.frame();
    QMetaObject::invokeMethod(
        this, [this, frame] { events_.painted(frame); }, Qt::QueuedConnection);
}

void ProcessorSurface::resizeEvent(QResizeEvent*) { dirty_ = true; }

} // namespace gesture::app
