// SPDX-License-Identifier: Apache-2.0
#include "app/studio/widgets/held_action.h"

#include <QCoreApplication>
#include <QKeyEvent>

namespace gesture::app {

HeldAction::HeldAction(QAction& action, QObject* parent)
    : QObject(parent)
    , action_(action) {
    action_.setAutoRepeat(false);
    connect(&action_, &QAction::triggered, this, [this] { set(!held_); });
}

void HeldAction::set(bool held) {
    if (held == held_) return;
    held_ = held;
    // Only while a key is down is there a release to wait for.
    if (held)
        QCoreApplication::instance()->installEventFilter(this);
    else
        QCoreApplication::instance()->removeEventFilter(this);
    Q_EMIT changed(held);
}

bool HeldAction::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyRelease) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        const QKeySequence keys = action_.shortcut();
        if (!key.isAutoRepeat() && !keys.isEmpty() && key.key() == keys[0].key()) set(false);
    } else if (event->type() == QEvent::ApplicationDeactivate) {
        set(false);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace gesture::app
