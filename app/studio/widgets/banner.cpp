// SPDX-License-Identifier: Apache-2.0
#include "app/studio/widgets/banner.h"

#include "app/studio/theme/icons.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace gesture::app {

Banner::Banner(QWidget* parent)
    : QFrame(parent)
    , icon_(new QLabel(this))
    , text_(new QLabel(this))
    , close_(new QToolButton(this)) {
    setObjectName(QStringLiteral("banner"));
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text_->setAccessibleName(tr("Error"));
    text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    close_->setToolTip(tr("Close this message"));
    close_->setAccessibleName(close_->toolTip());
    close_->setFixedSize(26, 26);
    connect(close_, &QToolButton::clicked, this, &QWidget::hide);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(8);
    row->addWidget(icon_, 0, Qt::AlignVCenter);
    row->addWidget(text_, 1);
    row->addWidget(close_, 0, Qt::AlignVCenter);
    hide();
}

void Banner::setTheme(const Theme& theme) {
    icon_->setPixmap(
        iconPixmap(QStringLiteral("exclamation-circle"), theme.err, 16, devicePixelRatioF()));
    close_->setIcon(
        themedIcon(QStringLiteral("x-lg"), IconColours{theme.tx2, theme.txd, theme.tx1}));
    close_->setIconSize({12, 12});
}

void Banner::showError(const QString& sentence) {
    text_->setText(sentence);
    show();
}

} // namespace gesture::app
