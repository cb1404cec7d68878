// SPDX-License-Identifier: Apache-2.0
#include "app/studio/widgets/focus_ring.h"

#include <QFocusEvent>
#include <QPainter>

namespace gesture::app {

namespace {

constexpr int kWidth = 2;

} // namespace

FocusRing::FocusRing(QWidget& widget)
    : QWidget(widget.parentWidget())
    , widget_(widget) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    widget_.installEventFilter(this);
    hide();
}

void FocusRing::setColour(const QColor& colour) {
    colour_ = colour;
    update();
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        follow();
        setVisible(reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
                   reason == Qt::ShortcutFocusReason);
    } else if (event->type() == QEvent::FocusOut) {
        hide();
    } else if (event->type() == QEvent::Resize || event->type() == QEvent::Move) {
        follow();
    }
    return QWidget::eventFilter(watched, event);
}

void FocusRing::follow() {
    setGeometry(widget_.geometry());
    // Only the frame: what lies inside must not be composed again for every picture.
    const QRect inside = rect().adjusted(kWidth, kWidth, -kWidth, -kWidth);
    setMask(QRegion(rect()) - inside);
    raise();
}

void FocusRing::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), colour_); }

} // namespace gesture::app
