// SPDX-License-Identifier: Apache-2.0
// The keyboard in the matrix.
#include "app/studio/attention/matrix_view.h"

#include <QKeyEvent>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kOwnKeys[] = {Qt::Key_Left, Qt::Key_Right,  Qt::Key_Up,     Qt::Key_Down,
                            Qt::Key_Home, Qt::Key_End,    Qt::Key_PageUp, Qt::Key_PageDown,
                            Qt::Key_P,    Qt::Key_Return, Qt::Key_Enter,  Qt::Key_Escape,
                            Qt::Key_Plus, Qt::Key_Equal,  Qt::Key_Minus,  Qt::Key_0};

} // namespace

bool MatrixView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* press = static_cast<QKeyEvent*>(event);
        const auto modifiers = press->modifiers() & ~Qt::KeypadModifier;
        const bool simple = modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier ||
                            modifiers == Qt::ControlModifier;
        const bool own =
            std::find(std::begin(kOwnKeys), std::end(kOwnKeys), press->key()) != std::end(kOwnKeys);
        const bool leave = press->key() == Qt::Key_Escape && !model_.area() && !model_.pinned();
        if (simple && own && !leave && !model_.table(side_).empty()) event->accept();
        return event->isAccepted() || QWidget::event(event);
    }
    return QWidget::event(event);
}

void MatrixView::keyPressEvent(QKeyEvent* event) {
    if (model_.table(side_).empty()) return QWidget::keyPressEvent(event);
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool arrow = event->key() >= Qt::Key_Left && event->key() <= Qt::Key_Down;
    if (modifiers == Qt::ControlModifier && pressControl(event->key())) return;
    if (modifiers == Qt::ShiftModifier && arrow) return step(event->key(), true);
    if (modifiers == Qt::NoModifier && arrow) return step(event->key(), false);
    const bool plain = modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier;
    if (!plain || !pressPlain(event->key())) QWidget::keyPressEvent(event);
}

void MatrixView::step(int key, bool mark) {
    const MapTable& table = model_.table(side_);
    MapCell cell = model_.hovered().value_or(
        model_.cursor().value_or(MapCell{table.speechBegin, table.motionBegin}));
    if (mark && !model_.area()) heldCell_ = cell;
    if (key == Qt::Key_Left) cell.motion = cell.motion + -1;
    if (key == Qt::Key_Right) cell.motion = cell.motion + 1;
    if (key == Qt::Key_Up) cell.speech = cell.speech + -1;
    if (key == Qt::Key_Down) cell.speech = cell.speech + 1;
    cell.motion = std::clamp(cell.motion, table.motionBegin, table.motion().end + -1);
    cell.speech = std::clamp(cell.speech, table.speechBegin, table.speech().end + -1);
    moveCursor(cell);
    if (mark) markTo(cell);
}

bool MatrixView::pressControl(int key) {
    switch (key) {
    case Qt::Key_Up:
        return model_.stepLayer(-1), true;
    case Qt::Key_Down:
        return model_.stepLayer(1), true;
    case Qt::Key_Left:
        return model_.stepHead(-1), true;
    case Qt::Key_Right:
        return model_.stepHead(1), true;
    case Qt::Key_P:
        return model_.stepPart(1), true;
    default:
        return false;
    }
}

bool MatrixView::pressPlain(int key) {
    const MapTable& table = model_.table(side_);
    const auto cursor = model_.cursor();
    const QPointF middle = QRectF(matrixLayout().map).center();
    switch (key) {
    case Qt::Key_Home:
        if (cursor) moveCursor({cursor->speech, table.motionBegin});
        return true;
    case Qt::Key_End:
        if (cursor) moveCursor({cursor->speech, table.motion().end + -1});
        return true;
    case Qt::Key_PageUp:
        return model_.stepWindow(-1), true;
    case Qt::Key_PageDown:
        return model_.stepWindow(1), true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (cursor) model_.choose(*cursor);
        return true;
    case Qt::Key_P:
        model_.pinCell(model_.pinned() ? std::nullopt : cursor);
        return true;
    case Qt::Key_Escape:
        model_.setArea(std::nullopt);
        model_.pinCell(std::nullopt);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return setZoom(matrixLayout().cell + 1, middle), true;
    case Qt::Key_Minus:
        return setZoom(matrixLayout().cell - 1, middle), true;
    case Qt::Key_0:
        return setZoom(0, middle), true;
    default:
        return false;
    }
}

} // namespace gesture::app
