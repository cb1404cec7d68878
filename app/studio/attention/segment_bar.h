// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace gesture::app {

/// A row of words of which one is on, 26 px high; arrow keys go through them. A word may have a
/// coloured square before it. GUI thread.
class SegmentBar final : public QWidget {
    Q_OBJECT

public:
    struct Segment {
        QString text;
        QColor Theme::*colour = nullptr; ///< Of the square; null: none.
        bool enabled = true;
    };

    SegmentBar(const QString& name, std::vector<Segment> segments, const Theme& theme,
               QWidget* parent);

    void setTheme(const Theme& theme);
    void setSegmentEnabled(int index, bool enabled);
    void setCurrent(int index); ///< -1: none. Emits nothing.
    [[nodiscard]] int current() const { return current_; }
    [[nodiscard]] int count() const { return static_cast<int>(segments_.size()); }
    /// What is on, in words.
    [[nodiscard]] QString currentText() const;
    [[nodiscard]] QRect rectOf(int index) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(int index);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] int neededWidth(int padding) const;
    void choose(int index);

    std::vector<Segment> segments_;
    const Theme* theme_;
    int current_ = -1;
    bool ring_ = false; ///< Focus by the keyboard.
};

} // namespace gesture::app
