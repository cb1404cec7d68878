// SPDX-License-Identifier: Apache-2.0
#include "app/studio/widgets/message_card.h"

#include "app/studio/theme/icons.h"

#include <QHBoxLayout>
#include <QPainter>

namespace gesture::app {

MessageCard::MessageCard(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme)
    , icon_(new QLabel(this))
    , sentence_(new QLabel(this))
    , button_(new QPushButton(this)) {
    sentence_->setObjectName(QStringLiteral("emptyTitle"));
    button_->setObjectName(QStringLiteral("primary"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 12, 12, 12);
    row->setSpacing(14);
    row->addWidget(icon_);
    row->addWidget(sentence_, 1);
    row->addWidget(button_);
}

void MessageCard::setTheme(const Theme& theme) {
    theme_ = &theme;
    if (!iconName_.isEmpty()) {
        icon_->setPixmap(iconPixmap(iconName_, theme.tx3, 20, devicePixelRatioF()));
    }
    update();
}

void MessageCard::setMessage(const QString& icon, const QString& sentence,
                             const QString& buttonText) {
    iconName_ = icon;
    sentence_->setText(sentence);
    button_->setText(buttonText);
    setTheme(*theme_);
    adjustSize();
}

void MessageCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(withAlpha(theme_->line2, 0.9));
    painter.setBrush(withAlpha(theme_->bg2, 0.92));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

} // namespace gesture::app
