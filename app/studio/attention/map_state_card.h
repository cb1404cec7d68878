// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_content.h"
#include "app/studio/theme/theme.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QWidget>

namespace gesture::app {

/// What there is to say instead of a map: one sentence, one button or a bar, centred. GUI thread.
class MapStateCard final : public QWidget {
    Q_OBJECT

public:
    explicit MapStateCard(QWidget* parent);

    void setContent(const AttentionContent& content);
    [[nodiscard]] QPushButton& button() { return *button_; }
    [[nodiscard]] QString text() const { return sentence_->text(); }

Q_SIGNALS:
    void computeRequested();

private:
    QLabel* sentence_;
    QProgressBar* bar_;
    QLabel* count_;
    QPushButton* button_;
};

/// A line above a map that belongs to an older version, or whose heads were not kept; hidden when
/// there is nothing to say. GUI thread.
class MapNotice final : public QWidget {
    Q_OBJECT

public:
    explicit MapNotice(QWidget* parent);

    void setTheme(const Theme& theme);
    /// `tip` explains the sentence. An empty sentence hides the line.
    void setNotice(const QString& sentence, const QString& action, const QString& tip);
    [[nodiscard]] QString text() const { return sentence_->text(); }
    [[nodiscard]] QPushButton& button() { return *button_; }

private:
    QLabel* icon_;
    QLabel* sentence_;
    QPushButton* button_;
};

} // namespace gesture::app
