// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace gesture::app {

/// One sentence and one button on a card, for empty states and for what does not work.
class MessageCard final : public QWidget {
    Q_OBJECT

public:
    MessageCard(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setMessage(const QString& icon, const QString& sentence, const QString& buttonText);
    [[nodiscard]] QPushButton& button() { return *button_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* theme_;
    QString iconName_;
    QLabel* icon_;
    QLabel* sentence_;
    QPushButton* button_;
};

} // namespace gesture::app
