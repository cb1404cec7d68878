// SPDX-License-Identifier: Apache-2.0
#include "app/studio/widgets/message_card.h"

#include "app/studio/theme/icons.h"

#include <QPainter>
#include <QVBoxLayout>

namespace gesture::app {

namespace {

constexpr int kWidth = 380;

} // namespace

MessageCard::MessageCard(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme)
    , icon_(new QLabel(this))
    , sentence_(new QLabel(this))
    , button_(new QPushButton(this)) {
    setFixedWidth(kWidth);
    sentence_->setObjectName(QStringLiteral("emptyTitle"));
    sentence_->setAlignment(Qt::AlignCenter);
    sentence_->setWordWrap(true);
    icon_->setAlignment(Qt::AlignCenter);
    button_->setObjectName(QStringLiteral("primary"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 22, 24, 22);
    column->setSpacing(14);
    column->addWidget(icon_);
    column->addWidget(sentence_);
    column->addWidget(button_, 0, Qt::AlignHCenter);
}

void MessageCard::setTheme(const Theme& theme) {
    theme_ = &theme;
    icon_->setPixmap(iconPixmap(iconName_, theme.tx3, 24, devicePixelRatioF()));
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
