// SPDX-License-Identifier: Apache-2.0
#include "app/studio/widgets/keep_keys.h"

#include <QKeyEvent>
#include <QWidget>

namespace gesture::app {

namespace {

class KeyKeeper final : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::ShortcutOverride) {
            switch (static_cast<QKeyEvent*>(event)->key()) {
            case Qt::Key_Left:
            case Qt::Key_Right:
            case Qt::Key_Up:
            case Qt::Key_Down:
            case Qt::Key_Home:
            case Qt::Key_End:
            case Qt::Key_PageUp:
            case Qt::Key_PageDown:
                event->accept();
                return true;
            default:
                break;
            }
        }
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

void keepArrowKeys(QWidget& widget) { widget.installEventFilter(new KeyKeeper(&widget)); }

} // namespace gesture::app
