// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QObject>

namespace gesture::app {

/// An action that lasts while its key is held. Without a key (from a menu or a script) each use
/// switches it. Ends when another program takes the keyboard. GUI thread.
class HeldAction final : public QObject {
    Q_OBJECT

public:
    HeldAction(QAction& action, QObject* parent);

    [[nodiscard]] bool held() const { return held_; }

Q_SIGNALS:
    void changed(bool held);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void set(bool held);

    QAction& action_;
    bool held_ = false;
};

} // namespace gesture::app
