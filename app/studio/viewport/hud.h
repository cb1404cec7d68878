// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QString>
#include <QWidget>

namespace gesture::app {

/// Two lines of figures over the viewport: frame, and the chosen joint.
class Hud final : public QWidget {
    Q_OBJECT

public:
    explicit Hud(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showFrame(const QString& text);
    /// An empty name hides the line.
    void showJoint(const QString& name, const QString& figures);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* theme_;
    QString frame_;
    QString joint_;
    QString figures_;
};

/// A ring around the chosen joint; lets the mouse through.
class JointMark final : public QWidget {
    Q_OBJECT

public:
    explicit JointMark(const Theme& theme, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* theme_;
};

} // namespace gesture::app
