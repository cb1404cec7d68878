// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/scene_overlay.h"

#include "app/studio/theme/style_sheet.h"

#include <QPainter>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kTop = 46; ///< Under the bars.
constexpr int kLabelHeight = 28;
constexpr int kLabelBottom = 46;
constexpr int kBadge = 18;
constexpr double kTrail = 2.0;
constexpr int kDotEvery = 5;

void paintBox(QPainter& painter, const Theme& theme, const QRectF& box) {
    painter.setPen(withAlpha(theme.line2, 0.8));
    painter.setBrush(withAlpha(theme.bg2, 0.88));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

} // namespace

SceneOverlay::SceneOverlay(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Paths, contacts and words"));
    hide();
}

void SceneOverlay::setTheme(const Theme& theme) {
    theme_ = &theme;
    update();
}

void SceneOverlay::setPicture(OverlayPicture picture) {
    if (picture.empty() && picture_.empty()) return;
    picture_ = std::move(picture);
    setVisible(!picture_.empty());
    QString description = picture_.words.join(QLatin1Char(' '));
    for (const TakeLabel& label : picture_.labels)
        description += QLatin1Char(' ') + label.name;
    setAccessibleDescription(description.trimmed());
    update();
}

void SceneOverlay::setFoot(int height) {
    if (height == foot_) return;
    foot_ = height;
    update();
}

void SceneOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintContacts(painter);
    for (const TrailLine& trail : picture_.trails)
        paintTrail(painter, trail);
    if (picture_.divided) {
        painter.setPen(QPen(withAlpha(theme_->tx3, 0.8), 1, Qt::DashLine));
        painter.drawLine(QPointF(width() / 2.0, kTop), QPointF(width() / 2.0, height() - 8));
    }
    for (const TakeLabel& label : picture_.labels)
        paintLabel(painter, label);
    paintCaption(painter);
}

void SceneOverlay::paintTrail(QPainter& painter, const TrailLine& trail) const {
    const auto count = static_cast<std::size_t>(trail.points.size());
    for (std::size_t i = 0; i + 1 < count && i < trail.colours.size(); ++i) {
        const auto at = static_cast<qsizetype>(i);
        painter.setPen(QPen(trail.colours[i], kTrail, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(trail.points[at], trail.points[at + 1]);
    }
    painter.setPen(Qt::NoPen);
    for (std::size_t i = static_cast<std::size_t>(trail.firstDot); i < count; i += kDotEvery) {
        painter.setBrush(i < trail.colours.size() ? trail.colours[i] : theme_->tx3);
        painter.drawEllipse(trail.points[static_cast<qsizetype>(i)], 2.4, 2.4);
    }
    if (trail.current < 0) return;
    const QPointF place = trail.points[trail.current];
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(withAlpha(theme_->bg0, 0.6), 4));
    painter.drawEllipse(place, 5, 5);
    painter.setPen(QPen(theme_->acctx, 2));
    painter.drawEllipse(place, 5, 5);
}

void SceneOverlay::paintContacts(QPainter& painter) const {
    painter.setPen(QPen(theme_->ok, 1.2));
    painter.setBrush(withAlpha(theme_->ok, 0.3));
    for (const QPolygonF& patch : picture_.contacts)
        painter.drawPolygon(patch);
}

void SceneOverlay::paintLabel(QPainter& painter, const TakeLabel& label) const {
    const QFontMetrics bold(themeFont(12, 600));
    const QFontMetrics small(themeFont(11));
    const int most = width() / (picture_.divided ? 2 : 1) - 24;
    const int name = std::min(bold.horizontalAdvance(label.name), most - kBadge - 30);
    const int recipe =
        std::clamp(small.horizontalAdvance(label.recipe), 0, most - kBadge - 40 - name);
    const int wide = kBadge + 22 + name + (recipe > 0 ? recipe + 10 : 0);
    const double left =
        std::clamp(label.centre - wide / 2.0, 8.0, std::max(8.0, width() - 8.0 - wide));
    const QRectF box(left, height() - kLabelBottom, wide, kLabelHeight);
    paintBox(painter, *theme_, box);
    const QRectF badge(box.left() + 6, box.top() + 5, kBadge, kBadge);
    painter.setPen(Qt::NoPen);
    painter.setBrush(label.badge == TakeBadge::B ? theme_->takeB : theme_->takeA);
    painter.drawRoundedRect(badge, 4, 4);
    painter.setFont(themeFont(11, 600));
    painter.setPen(theme_->dark() ? theme_->bg1 : theme_->bg2);
    painter.drawText(badge, Qt::AlignCenter,
                     label.badge == TakeBadge::B ? QStringLiteral("B") : QStringLiteral("A"));
    painter.setFont(themeFont(12, 600));
    painter.setPen(theme_->tx1);
    const QRectF text(badge.right() + 8, box.top(), name + 2, kLabelHeight);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                     bold.elidedText(label.name, Qt::ElideRight, name + 2));
    painter.setFont(themeFont(11));
    painter.setPen(theme_->tx3);
    painter.drawText(QRectF(text.right() + 8, box.top(), recipe + 2, kLabelHeight),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     small.elidedText(label.recipe, Qt::ElideRight, recipe + 2));
}

void SceneOverlay::paintCaption(QPainter& painter) const {
    if (picture_.words.isEmpty()) return;
    const QFont plain = themeFont(14);
    const QFont said = themeFont(14, 600);
    constexpr double kSpace = 5;
    std::vector<double> widths;
    double total = 0;
    for (int i = 0; i < picture_.words.size(); ++i) {
        const QFontMetricsF metrics(i == picture_.word ? said : plain);
        widths.push_back(metrics.horizontalAdvance(picture_.words[i]));
        total += widths.back() + (i > 0 ? kSpace : 0);
    }
    const double bottom = height() - std::max(picture_.labels.empty() ? 14 : kLabelBottom + 8,
                                              foot_ > 0 ? foot_ + 8 : 0);
    const QRectF box((width() - total) / 2 - 12, bottom - 30, total + 24, 30);
    paintBox(painter, *theme_, box);
    double x = box.left() + 12;
    for (int i = 0; i < picture_.words.size(); ++i) {
        painter.setFont(i == picture_.word ? said : plain);
        painter.setPen(i == picture_.word ? theme_->tx1 : theme_->tx2);
        const double wide = widths[static_cast<std::size_t>(i)];
        painter.drawText(QRectF(x, box.top(), wide + 2, box.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, picture_.words[i]);
        x += wide + kSpace;
    }
}

} // namespace gesture::app
