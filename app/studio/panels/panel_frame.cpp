// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/panel_frame.h"

#include "app/studio/theme/icons.h"

#include <QHBoxLayout>

namespace gesture::app {

namespace {

constexpr int kTitleHeight = 34;
constexpr int kPadding = 12;

} // namespace

PanelFrame::PanelFrame(const QString& title, const Theme& theme, QWidget* parent)
    : QFrame(parent)
    , theme_(&theme)
    , bar_(new QWidget(this))
    , title_(new QHBoxLayout)
    , body_(new QVBoxLayout) {
    setObjectName(QStringLiteral("panel"));
    bar_->setFixedHeight(kTitleHeight);
    bar_->setLayout(title_);
    title_->setContentsMargins(kPadding, 0, 6, 0);
    title_->setSpacing(0);
    auto* text = new QLabel(title, bar_);
    text->setObjectName(QStringLiteral("title"));
    title_->addWidget(text);
    title_->addStretch(1);
    body_->setContentsMargins(kPadding, 4, kPadding, kPadding);
    body_->setSpacing(7);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar_);
    column->addLayout(body_, 1);
    setAccessibleName(title);
}

void PanelFrame::setTheme(const Theme& theme) {
    theme_ = &theme;
    for (const Tool& tool : tools_)
        colour(tool);
    update();
}

QToolButton& PanelFrame::addTool(const QString& icon, const QString& tip) {
    auto* button = new QToolButton(this);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setIconSize({14, 14});
    button->setFixedSize(26, 26);
    title_->addWidget(button);
    tools_.push_back({button, icon});
    colour(tools_.back());
    return *button;
}

void PanelFrame::colour(const Tool& tool) const {
    tool.button->setIcon(themedIcon(tool.icon, {theme_->tx2, theme_->txd, theme_->acc}));
}

} // namespace gesture::app
