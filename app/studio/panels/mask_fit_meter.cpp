// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/mask_fit_meter.h"

#include "app/studio/theme/icons.h"

#include <QGridLayout>
#include <QPainter>

namespace gesture::app {

/// Three steps, of which the first ones are filled.
class FitBar final : public QWidget {
public:
    using QWidget::QWidget;

    void show(int steps, const QColor& colour, const QColor& groove) {
        steps_ = steps;
        colour_ = colour;
        groove_ = groove;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        constexpr int kCount = 3;
        constexpr double kGap = 3;
        const double width = (this->width() - (kCount - 1) * kGap) / kCount;
        for (int i = 0; i < kCount; ++i) {
            painter.setBrush(i < steps_ ? colour_ : groove_);
            painter.drawRoundedRect(QRectF(i * (width + kGap), (height() - 6) / 2.0, width, 6), 3,
                                    3);
        }
    }

private:
    int steps_ = 0;
    QColor colour_;
    QColor groove_;
};

MaskFitMeter::MaskFitMeter(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme)
    , icon_(new QLabel(this))
    , word_(new QLabel(this))
    , bar_(new FitBar(this))
    , reasons_(new QLabel(this)) {
    bar_->setFixedSize(72, 14);
    reasons_->setObjectName(QStringLiteral("hint"));
    reasons_->setWordWrap(true);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    grid->addWidget(icon_, 0, 0);
    grid->addWidget(word_, 0, 1);
    grid->addWidget(bar_, 0, 2);
    grid->addWidget(reasons_, 1, 0, 1, 3);
    setAccessibleName(tr("How near the mask is to the model's training"));
    refresh();
}

void MaskFitMeter::setTheme(const Theme& theme) {
    theme_ = &theme;
    refresh();
}

void MaskFitMeter::setMask(const inference::EditMask& mask,
                           const inference::MaskTraining& training) {
    empty_ = mask.empty() || training.model.empty();
    judgement_ = empty_ ? inference::MaskJudgement{} : inference::judgeMask(mask, training);
    refresh();
}

QString MaskFitMeter::text() const {
    QStringList lines{word_->text()};
    for (const inference::Note& note : judgement_.notes) {
        lines.append(QString::fromStdString(note.text));
    }
    return lines.join(QLatin1Char('\n'));
}

void MaskFitMeter::refresh() {
    setVisible(!empty_);
    if (empty_) return;
    const struct {
        QString word;
        const char* icon;
        QColor colour;
        int steps;
    } looks[] = {
        {tr("As in training"), "check-circle", theme_->ok, 3},
        {tr("Near the training"), "info-circle", theme_->warn, 2},
        {tr("Outside the training"), "exclamation-triangle", theme_->err, 1},
    };
    const auto& look = looks[static_cast<std::size_t>(judgement_.fit)];
    icon_->setPixmap(iconPixmap(QLatin1String(look.icon), look.colour, 14, devicePixelRatioF()));
    word_->setText(look.word);
    bar_->show(look.steps, look.colour, theme_->bg5);
    QStringList reasons;
    for (const inference::Note& note : judgement_.notes) {
        reasons.append(QString::fromStdString(note.text));
    }
    reasons_->setText(reasons.join(QLatin1Char('\n')));
    setAccessibleDescription(text());
}

} // namespace gesture::app
