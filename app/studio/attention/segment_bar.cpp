// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/segment_bar.h"

#include "app/studio/theme/style_sheet.h"

#include <QAccessible>
#include <QFocusEvent>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace gesture::app {

namespace {

constexpr int kHeight = 26;
constexpr int kSquare = 8;
constexpr int kSquareGap = 5;

} // namespace

SegmentBar::SegmentBar(const QString& name, std::vector<Segment> segments, const Theme& theme,
                       QWidget* parent)
    : QWidget(parent)
    , segments_(std::move(segments))
    , theme_(&theme) {
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setFixedHeight(kHeight);
}

void SegmentBar::setTheme(const Theme& theme) {
    theme_ = &theme;
    update();
}

void SegmentBar::setSegmentEnabled(int index, bool enabled) {
    segments_[static_cast<std::size_t>(index)].enabled = enabled;
    update();
}

void SegmentBar::setCurrent(int index) {
    if (index == current_) return;
    current_ = index;
    setAccessibleDescription(currentText());
    update();
}

QString SegmentBar::currentText() const {
    return current_ < 0 ? QString() : segments_[static_cast<std::size_t>(current_)].text;
}

int SegmentBar::neededWidth(int padding) const {
    const QFontMetrics metrics(themeFont(12, 500));
    int width = 2;
    for (const Segment& segment : segments_) {
        width += metrics.horizontalAdvance(segment.text) + 2 * padding +
                 (segment.colour != nullptr ? kSquare + kSquareGap : 0);
    }
    return width;
}

QSize SegmentBar::sizeHint() const { return {neededWidth(10), kHeight}; }
QSize SegmentBar::minimumSizeHint() const { return {neededWidth(4), kHeight}; }

QRect SegmentBar::rectOf(int index) const {
    // What is wider than needed is shared out evenly.
    const QFontMetrics metrics(themeFont(12, 500));
    const double extra = std::max(0, width() - neededWidth(0)) / static_cast<double>(count());
    double left = 1;
    for (int i = 0;; ++i) {
        const Segment& segment = segments_[static_cast<std::size_t>(i)];
        const double needed = metrics.horizontalAdvance(segment.text) + extra +
                              (segment.colour != nullptr ? kSquare + kSquareGap : 0);
        if (i == index) {
            const int from = static_cast<int>(left);
            return {from, 1, static_cast<int>(left + needed) - from, height() - 2};
        }
        left += needed;
    }
}

void SegmentBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(ring_ ? QPen(theme_->acc, 2) : QPen(theme_->line2, 1));
    painter.setBrush(theme_->bg3);
    const double inset = ring_ ? 1.0 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 5, 5);
    painter.setFont(themeFont(12, 500));
    for (int i = 0; i < count(); ++i) {
        const Segment& segment = segments_[static_cast<std::size_t>(i)];
        const QRect area = rectOf(i);
        if (i == current_) {
            painter.setPen(theme_->dark() ? QPen(Qt::NoPen) : QPen(theme_->line2, 1));
            painter.setBrush(theme_->dark() ? theme_->bg5 : theme_->bg2);
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 4, 4);
        }
        const int text = painter.fontMetrics().horizontalAdvance(segment.text);
        const int square = segment.colour != nullptr ? kSquare + kSquareGap : 0;
        const int left = area.left() + (area.width() - text - square) / 2;
        const QColor colour = !segment.enabled || !isEnabled()
                                  ? theme_->txd
                                  : (i == current_ ? theme_->tx1 : theme_->tx2);
        if (segment.colour != nullptr) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(segment.enabled ? theme_->*segment.colour : theme_->txd);
            painter.drawRoundedRect(QRectF(left, height() / 2.0 - kSquare / 2.0, kSquare, kSquare),
                                    2, 2);
        }
        painter.setPen(colour);
        painter.drawText(QRect(left + square, 0, text + 4, height()),
                         Qt::AlignLeft | Qt::AlignVCenter, segment.text);
    }
}

void SegmentBar::choose(int index) {
    if (index < 0 || index >= count()) return;
    if (!segments_[static_cast<std::size_t>(index)].enabled) return;
    setCurrent(index);
    if (QAccessible::isActive()) {
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
    Q_EMIT chosen(index);
}

void SegmentBar::mousePressEvent(QMouseEvent* event) {
    for (int i = 0; i < count() && event->button() == Qt::LeftButton; ++i) {
        if (rectOf(i).contains(event->position().toPoint())) return choose(i);
    }
}

bool SegmentBar::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* press = static_cast<QKeyEvent*>(event);
        const bool arrow = press->key() == Qt::Key_Left || press->key() == Qt::Key_Right;
        if (arrow && press->modifiers() == Qt::NoModifier) event->accept();
    }
    return QWidget::event(event);
}

void SegmentBar::keyPressEvent(QKeyEvent* event) {
    const bool left = event->key() == Qt::Key_Left;
    if ((!left && event->key() != Qt::Key_Right) || event->modifiers() != Qt::NoModifier) {
        return QWidget::keyPressEvent(event);
    }
    for (int i = current_ + (left ? -1 : 1); i >= 0 && i < count(); i += left ? -1 : 1) {
        if (segments_[static_cast<std::size_t>(i)].enabled) return choose(i);
    }
}

void SegmentBar::focusInEvent(QFocusEvent* event) {
    ring_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
            event->reason() == Qt::ShortcutFocusReason;
    update();
}

void SegmentBar::focusOutEvent(QFocusEvent*) {
    ring_ = false;
    update();
}

} // namespace gesture::app
