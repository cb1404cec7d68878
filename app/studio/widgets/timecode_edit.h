// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/document/document.h"

#include <QLineEdit>

namespace gesture::app {

/// The big timecode. A double-click (or `beginEdit`) turns it into a field that takes frames
/// "f786", seconds "26.2" and mm:ss:ff; Enter goes there, Esc leaves it.
class TimecodeEdit final : public QLineEdit {
    Q_OBJECT

public:
    explicit TimecodeEdit(Document& document, QWidget* parent = nullptr);

    void beginEdit();

Q_SIGNALS:
    void accepted(gesture::FrameIndex frame);
    /// What was typed is no place in the clip.
    void refused(const QString& sentence);

protected:
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void setEditing(bool editing);
    void accept();
    void showPlayhead();

    Document& document_;
};

} // namespace gesture::app
