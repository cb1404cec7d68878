// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QFrame>
#include <QLabel>
#include <QProgressBar>
#include <QTimer>

namespace gesture::app {

/// Hint or news at the left; job, frame rate and sound at the right. GUI thread.
class StatusBar final : public QFrame {
    Q_OBJECT

public:
    explicit StatusBar(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Shown while there is nothing else to say.
    void setHint(const QString& hint);
    /// Shown for some seconds.
    void note(const QString& sentence);
    /// Shown until the next note or until people read it (a click).
    void warn(const QString& sentence);
    [[nodiscard]] QString text() const { return text_->text(); }

    void showJob(const QString& what, int done, int total);
    void hideJob();
    /// A training run at work: its name, how far it is, and when it will be done.
    void showRun(const QString& name, double share, const QString& state);
    void hideRun();
    /// Pictures a second; nothing when 0.
    void showFrameRate(int perSecond);
    void showSound(const QString& text, const QString& tip);

Q_SIGNALS:
    /// The training run was clicked.
    void runClicked();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Kind { Hint, Note, Warning };
    void show(Kind kind, const QString& text);
    void elide();
    void buildRun();

    const Theme* theme_ = nullptr;
    QLabel* icon_;
    QLabel* text_;
    QLabel* job_;
    QProgressBar* bar_;
    QLabel* count_;
    QWidget* run_;
    QLabel* runName_;
    QProgressBar* runBar_;
    QLabel* runState_;
    QLabel* frameRate_;
    QLabel* sound_;
    QTimer expiry_;
    Kind kind_ = Kind::Hint;
    QString hint_;
    QString full_;
};

} // namespace gesture::app
