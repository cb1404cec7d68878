// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/view_legend.h"

#include "app/studio/attention/map_colours.h"
#include "app/studio/theme/style_sheet.h"

#include <QPainter>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kPadding = 10;
constexpr int kRow = 20;
constexpr int kGap = 16;
constexpr int kSign = 16;
constexpr int kScale = 64;
constexpr int kWordGap = 6;

int textWidth(const QString& text) {
    return text.isEmpty() ? 0 : QFontMetrics(themeFont(11)).horizontalAdvance(text) + 1;
}

int widthOf(const LegendEntry& entry) {
    switch (entry.sign) {
    case LegendEntry::Sign::Text:
        return textWidth(entry.text);
    case LegendEntry::Sign::Line:
    case LegendEntry::Sign::Square:
        return kSign + kWordGap + textWidth(entry.text);
    case LegendEntry::Sign::Scale:
        break;
    }
    const int ends = textWidth(entry.low) + textWidth(entry.high);
    return textWidth(entry.text) + kWordGap + kScale + (ends > 0 ? ends + 2 * kWordGap : 0);
}

} // namespace

ViewLegend::ViewLegend(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Legend"));
    hide();
}

void ViewLegend::setTheme(const Theme& theme) {
    theme_ = &theme;
    update();
}

void ViewLegend::setEntries(std::vector<LegendEntry> entries, int mostWidth) {
    if (entries == entries_ && mostWidth == mostWidth_) return;
    entries_ = std::move(entries);
    mostWidth_ = mostWidth;
    QStringList words;
    for (const LegendEntry& entry : entries_)
        words.append(QStringList({entry.text, entry.low, entry.high}).join(QLatin1Char(' ')));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    arrange();
    update();
}

void ViewLegend::arrange() {
    places_.clear();
    int x = kPadding;
    int y = 5;
    int right = 0;
    for (const LegendEntry& entry : entries_) {
        const int width = widthOf(entry);
        if (x > kPadding && x + width + kPadding > mostWidth_) {
            x = kPadding;
            y += kRow;
        }
        places_.emplace_back(x, y);
        right = std::max(right, x + width);
        x += width + kGap;
    }
    resize(right + kPadding, y + kRow + 5);
}

void ViewLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(withAlpha(theme_->line2, 0.8));
    painter.setBrush(withAlpha(theme_->bg2, 0.88));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setFont(themeFont(11));
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const LegendEntry& entry = entries_[i];
        QRect row(places_[i], QSize(widthOf(entry), kRow));
        const auto write = [&](const QString& text) {
            if (text.isEmpty()) return;
            painter.setPen(theme_->tx2);
            painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, text);
            row.setLeft(row.left() + textWidth(text) + kWordGap);
        };
        if (entry.sign == LegendEntry::Sign::Scale) {
            write(entry.text);
            write(entry.low);
            const QRectF bar(row.left(), row.center().y() - 3, kScale, 7);
            QLinearGradient scale(bar.topLeft(), bar.topRight());
            const ColourTable& colours = colourTable(io::ColourMap::Inferno);
            for (const std::size_t place : {0U, 64U, 128U, 192U, 255U})
                scale.setColorAt(static_cast<double>(place) / 255, QColor(colours[place]));
            painter.fillRect(bar, scale);
            row.setLeft(row.left() + kScale + kWordGap);
            write(entry.high);
            continue;
        }
        if (entry.sign == LegendEntry::Sign::Line)
            painter.fillRect(QRectF(row.left(), row.center().y(), kSign, 2), entry.colour);
        if (entry.sign == LegendEntry::Sign::Square)
            painter.fillRect(QRectF(row.left() + 2, row.center().y() - 5, 11, 11), entry.colour);
        if (entry.sign != LegendEntry::Sign::Text) row.setLeft(row.left() + kSign + kWordGap);
        write(entry.text);
    }
}

} // namespace gesture::app
