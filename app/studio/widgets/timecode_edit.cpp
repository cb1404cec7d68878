// SPDX-License-Identifier: Apache-2.0
#include "app/studio/widgets/timecode_edit.h"

#include "app/studio/document/time_text.h"

#include <QKeyEvent>
#include <QStyle>
#include <QToolTip>

namespace gesture::app {

TimecodeEdit::TimecodeEdit(Document& document, QWidget* parent)
    : QLineEdit(parent)
    , document_(document) {
    setObjectName(QStringLiteral("timecode"));
    setAccessibleName(tr("Timecode of the playhead"));
    setToolTip(tr("Double-click to go to a frame (f786), a second (26.2) or mm:ss:ff  Ctrl+J"));
    setContextMenuPolicy(Qt::NoContextMenu);
    setFixedWidth(116);
    setEditing(false);
    showPlayhead();
    connect(&document_, &Document::changed, this, [this] { showPlayhead(); });
}

void TimecodeEdit::beginEdit() {
    if (!document_.hasClip()) return;
    setEditing(true);
    setFocus(Qt::OtherFocusReason);
    selectAll();
}

void TimecodeEdit::setEditing(bool editing) {
    setReadOnly(!editing);
    setFocusPolicy(editing ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(editing ? Qt::IBeamCursor : Qt::ArrowCursor);
    style()->unpolish(this);
    style()->polish(this);
    if (editing) return;
    deselect();
    clearFocus();
    showPlayhead();
}

void TimecodeEdit::showPlayhead() {
    setEnabled(document_.hasClip());
    if (!isReadOnly()) return;
    const QString text = timecodeText(document_.frame(), document_.rate());
    if (text != this->text()) setText(text);
}

void TimecodeEdit::accept() {
    const auto frame = parseFrame(text(), document_.rate(), document_.lastFrame());
    if (!frame) {
        const QString sentence = QString::fromStdString(frame.error().message());
        QToolTip::showText(mapToGlobal(QPoint(0, height())), sentence, this);
        Q_EMIT refused(sentence);
        selectAll();
        return;
    }
    setEditing(false);
    Q_EMIT accepted(*frame);
}

void TimecodeEdit::mouseDoubleClickEvent(QMouseEvent* event) {
    isReadOnly() ? beginEdit() : QLineEdit::mouseDoubleClickEvent(event);
}

void TimecodeEdit::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        setEditing(false);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        accept();
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

void TimecodeEdit::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (!isReadOnly()) setEditing(false);
}

} // namespace gesture::app
