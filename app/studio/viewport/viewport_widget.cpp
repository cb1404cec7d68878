// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/viewport_widget.h"

#include "app/studio/viewport/card_surface.h"
#include "app/studio/viewport/processor_surface.h"
#include "core/base/log.h"

#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QWheelEvent>

namespace gesture::app {

namespace {

constexpr double kDragStart = 3;
constexpr double kDollyPerNotch = 40; ///< As many pixels of a drag.
constexpr double kDollyPerPinch = 400;

} // namespace

ViewportWidget::ViewportWidget(ViewController& view, SceneBodies& bodies, OpenGlProbe probe,
                               const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , view_(view)
    , scene_(view, bodies, theme)
    , ring_(new FocusRing(*this)) {
    ring_->setColour(theme.acc);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("3D view"));
    const SurfaceEvents events{[this](FrameIndex frame) { Q_EMIT painted(frame); },
                               [this](const Error& error) {
                                   logError(error.message());
                                   const auto details = QString::fromStdString(error.message());
                                   QMetaObject::invokeMethod(
                                       this, [this, details] { Q_EMIT unusable(details); },
                                       Qt::QueuedConnection);
                               }};
    if (probe.software) {
        surface_ = new ProcessorSurface(scene_, std::move(probe), events, this);
    } else {
        surface_ = new CardSurface(scene_, events, this);
    }
    surface_->widget().setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&view_, &ViewController::changed, this, [this] { surface_->redraw(); });
}

ViewportWidget::~ViewportWidget() { delete surface_; }

void ViewportWidget::setTheme(const Theme& theme) {
    scene_.setTheme(theme);
    ring_->setColour(theme.acc);
    surface_->redraw();
}

void ViewportWidget::refreshBodies(bool meshToo) {
    scene_.refreshBodies(meshToo);
    surface_->redraw();
}

void ViewportWidget::showFrame(FrameIndex frame) {
    if (scene_.setFrame(frame)) surface_->redraw();
}

QString ViewportWidget::contentText() const {
    // By ViewPreset.
    constexpr const char* kViews[] = {
        QT_TR_NOOP("from the front"),       QT_TR_NOOP("three quarters from the front"),
        QT_TR_NOOP("from the side"),        QT_TR_NOOP("from behind"),
        QT_TR_NOOP("from the top"),         QT_TR_NOOP("seen freely"),
        QT_TR_NOOP("close-up of the face"), QT_TR_NOOP("close-up of the hands")};
    return tr("Body at frame %1, %2")
        .arg(scene_.frame().value)
        .arg(tr(kViews[static_cast<std::size_t>(view_.preset())]));
}

void ViewportWidget::resizeEvent(QResizeEvent*) {
    view_.setView(size());
    scene_.setPixelRatio(devicePixelRatioF());
    surface_->widget().setGeometry(rect());
}

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
    return QWidget::event(event);
}

} // namespace gesture::app
