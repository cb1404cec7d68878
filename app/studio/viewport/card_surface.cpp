// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/card_surface.h"

#include "app/studio/viewport/opengl_probe.h"

#include <QOpenGLContext>

namespace gesture::app {

CardSurface::CardSurface(SceneView& scene, SurfaceEvents events, QWidget* parent)
    : QOpenGLWidget(parent)
    , scene_(scene)
    , events_(std::move(events)) {
    setFormat(viewportFormat());
}

CardSurface::~CardSurface() { releaseContext(); }

void CardSurface::initializeGL() {
    connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &CardSurface::releaseContext);
    const Status status = scene_.create();
    failed_ = !status;
    if (failed_) events_.failed(status.error());
}

void CardSurface::releaseContext() {
    if (!scene_.ready()) return;
    makeCurrent();
    scene_.release();
    doneCurrent();
}

void CardSurface::loseContext() {
    // A widget that changes its window gets a new context.
    QWidget* const parent = parentWidget();
    const QRect place = geometry();
    setParent(nullptr);
    setParent(parent);
    setGeometry(place);
    lower();
    show();
}

void CardSurface::paintGL() {
    if (!scene_.ready() || failed_) return;
    const QSize pixels = size() * devicePixelRatioF();
    Status status = scene_.prepare();
    if (status) {
        status = scene_.renderer().draw(
            scene_.camera(), {defaultFramebufferObject(), pixels.width(), pixels.height()});
    }
    failed_ = !status;
    failed_ ? events_.failed(status.error()) : events_.painted(scene_.frame());
}

} // namespace gesture::app
