// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QWidget>

namespace gesture::app {

/// A frame around a widget that paints itself, shown while it has the focus by way of the keyboard.
/// A sibling over the widget, which it follows. GUI thread.
class FocusRing final : public QWidget {
    Q_OBJECT

public:
    /// `widget` must have a parent and live as long.
    explicit FocusRing(QWidget& widget);
    void setColour(const QColor& colour);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();

    QWidget& widget_;
    QColor colour_;
};

} // namespace gesture::app
