// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/hud.h"

#include "app/studio/theme/style_sheet.h"

#include <QPainter>

namespace gesture::app {

namespace {

constexpr int kWidth = 226;
constexpr int kHeight = 52;
constexpr int kLabelLeft = 10;
constexpr int kFiguresLeft = 82;
constexpr int kMarkSize = 15;

} // namespace

Hud::Hud(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme) {
    setFixedSize(kWidth, kHeight);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Frame and joint"));
}

void Hud::setTheme(const Theme& theme) {
    theme_ = &theme;
    update();
}

void Hud::showFrame(const QString& text) {
    if (text == frame_) return;
    frame_ = text;
    update();
}

void Hud::showJoint(const QString& name, const QString& figures) {
    if (name == joint_ && figures == figures_) return;
    joint_ = name;
    figures_ = figures;
    update();
}

void Hud::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(withAlpha(theme_->line2, 0.8));
    painter.setBrush(withAlpha(theme_->bg2, 0.88));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    const struct {
        int top;
        QString label;
        QString figures;
    } lines[] = {{6, tr("Frame"), frame_}, {26, joint_, figures_}};
    for (const auto& line : lines) {
        painter.setFont(themeFont(11));
        painter.setPen(theme_->tx3);
        painter.drawText(QRect(kLabelLeft, line.top, kFiguresLeft - kLabelLeft - 4, 20),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(line.label, Qt::ElideRight,
                                                          kFiguresLeft - kLabelLeft - 4));
        painter.setFont(themeFont(11, 500, FontFamily::Mono));
        painter.setPen(theme_->tx1);
        painter.drawText(QRect(kFiguresLeft, line.top, kWidth - kFiguresLeft - 8, 20),
                         Qt::AlignLeft | Qt::AlignVCenter, line.figures);
    }
}

JointMark::JointMark(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme) {
    setFixedSize(kMarkSize, kMarkSize);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void JointMark::setTheme(const Theme& theme) {
    theme_ = &theme;
    update();
}

void JointMark::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(kMarkSize / 2.0, kMarkSize / 2.0);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(withAlpha(theme_->halo, 0.45), 3.5));
    painter.drawEllipse(centre, 5, 5);
    painter.setPen(QPen(theme_->acc, 1.8));
    painter.drawEllipse(centre, 5, 5);
}

} // namespace gesture::app
