// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QFrame>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <vector>

namespace gesture::app {

/// A panel of a dock: a title with tools at its right, and what the panel shows below. GUI thread.
class PanelFrame : public QFrame {
    Q_OBJECT

public:
    PanelFrame(const QString& title, const Theme& theme, QWidget* parent = nullptr);

    virtual void setTheme(const Theme& theme);
    /// Without a title where a tab says it.
    void setTitleVisible(bool visible) { bar_->setVisible(visible); }

protected:
    [[nodiscard]] const Theme& theme() const { return *theme_; }
    /// Where the panel's own widgets go, below the title.
    [[nodiscard]] QVBoxLayout& body() { return *body_; }
    /// A button in the title, with an icon that follows the theme.
    QToolButton& addTool(const QString& icon, const QString& tip);

private:
    struct Tool {
        QToolButton* button;
        QString icon;
    };
    void colour(const Tool& tool) const;

    const Theme* theme_;
    QWidget* bar_;
    QHBoxLayout* title_;
    QVBoxLayout* body_;
    std::vector<Tool> tools_;
};

} // namespace gesture::app
