// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QFrame>
#include <QLabel>

class QToolButton;

namespace gesture::app {

/// A sentence about something that went wrong, above the view, until it is closed. Nothing stops
/// meanwhile. GUI thread.
class Banner final : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showError(const QString& sentence);
    [[nodiscard]] QString text() const { return text_->text(); }

private:
    QLabel* icon_;
    QLabel* text_;
    QToolButton* close_;
};

} // namespace gesture::app
