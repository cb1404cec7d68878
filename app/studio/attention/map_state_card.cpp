// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/map_state_card.h"

#include "app/studio/theme/icons.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace gesture::app {

namespace {

QString computeText(const AttentionContent& content) {
    if (!content.computeSeconds) return MapStateCard::tr("Compute");
    const double seconds = *content.computeSeconds;
    const QString amount = QLocale().toString(seconds, 'f', seconds < 1 ? 1 : 0);
    return MapStateCard::tr("Compute, about %1 s").arg(amount);
}

QString sentenceOf(const AttentionContent& content) {
    if (content.state == MapState::Computing) return MapStateCard::tr("Computing the map…");
    if (!content.reason.isEmpty()) return content.reason;
    if (content.offer == MapOffer::NoSuchMap) {
        return MapStateCard::tr("%1 has no speech-queried map. Use EchoMask to see one.")
            .arg(content.bundle.isEmpty() ? MapStateCard::tr("This model") : content.bundle);
    }
    return MapStateCard::tr("This take has no attention map.");
}

} // namespace

MapStateCard::MapStateCard(QWidget* parent)
    : QWidget(parent)
    , sentence_(new QLabel(this))
    , bar_(new QProgressBar(this))
    , count_(new QLabel(this))
    , button_(new QPushButton(this)) {
    sentence_->setObjectName(QStringLiteral("secondary"));
    sentence_->setWordWrap(true);
    sentence_->setAlignment(Qt::AlignCenter);
    bar_->setTextVisible(false);
    bar_->setFixedWidth(160);
    bar_->setAccessibleName(tr("Progress"));
    count_->setObjectName(QStringLiteral("mono"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addStretch(1);
    column->addWidget(sentence_);
    column->addWidget(bar_, 0, Qt::AlignHCenter);
    column->addWidget(count_, 0, Qt::AlignHCenter);
    column->addWidget(button_, 0, Qt::AlignHCenter);
    column->addStretch(2);
    connect(button_, &QPushButton::clicked, this, &MapStateCard::computeRequested);
}

void MapStateCard::setContent(const AttentionContent& content) {
    const bool running = content.state == MapState::Computing;
    sentence_->setText(sentenceOf(content));
    button_->setText(computeText(content));
    button_->setVisible(!running && content.offer == MapOffer::Computable);
    bar_->setVisible(running);
    bar_->setRange(0, content.progressTotal);
    bar_->setValue(content.progressDone);
    count_->setVisible(running && content.progressTotal > 0);
    count_->setText(tr("window %1 of %2").arg(content.progressDone).arg(content.progressTotal));
}

MapNotice::MapNotice(QWidget* parent)
    : QWidget(parent)
    , icon_(new QLabel(this))
    , sentence_(new QLabel(this))
    , button_(new QPushButton(this)) {
    sentence_->setWordWrap(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(icon_);
    row->addWidget(sentence_, 1);
    row->addWidget(button_);
    hide();
}

void MapNotice::setTheme(const Theme& theme) {
    icon_->setPixmap(
        iconPixmap(QStringLiteral("exclamation-triangle"), theme.warn, 14, devicePixelRatioF()));
}

void MapNotice::setNotice(const QString& sentence, const QString& action, const QString& tip) {
    sentence_->setText(sentence);
    setToolTip(tip);
    button_->setText(action);
    button_->setVisible(!action.isEmpty());
    setVisible(!sentence.isEmpty());
}

} // namespace gesture::app
