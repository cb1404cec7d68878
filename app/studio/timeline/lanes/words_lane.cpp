// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_painters.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kSmallestText = 8;

void paintWordText(QPainter& painter, const QRectF& place, const QString& text,
                   const QColor& colour, const QFont& font) {
    const bool fits = place.width() >= kSmallestText &&
                      QFontMetricsF(font).horizontalAdvance(text) <= place.width() - 4;
    if (fits) {
        painter.setFont(font);
        painter.setPen(colour);
        painter.drawText(place.adjusted(0, -1, 0, 0), Qt::AlignCenter | Qt::TextSingleLine, text);
    } else if (place.width() >= kSmallestText) {
        painter.fillRect(QRectF(std::floor(place.center().x()) - 3, place.center().y() - 1, 6, 2),
                         colour);
    }
}

} // namespace

QRectF wordPlace(const LaneScene& scene, const QRect& area, const audio::TimedLabel& word) {
    const double begin = scene.axis.xOf(word.begin);
    const double width = scene.axis.xOf(word.end) - begin;
    const double gap = width > 4 ? 0.5 : 0;
    const double margin = area.height() > 18 ? 3 : 1;
    return {begin + gap, area.top() + margin, std::max(width - 2 * gap, 1.0),
            std::max(area.height() - 2 * margin - 1, 4.0)};
}

void paintWordsLane(QPainter& painter, const LaneScene& scene, const QRect& area) {
    const auto& words = scene.content.transcript->words;
    const QFont font = themeFont(11);
    const QColor fill = scene.theme.dark() ? scene.theme.bg3 : scene.theme.bg4;
    double painted = -1;
    const Seconds first = scene.axis.timeAt(scene.clip.left() - 1);
    for (std::size_t i = firstWordAfter(*scene.content.transcript, first); i < words.size(); ++i) {
        const QRectF place = wordPlace(scene, area, words[i]);
        if (place.left() > scene.clip.right() + 1) return;
        if (words[i].isPause() || place.right() < painted + 1) continue;
        painted = place.right();
        if (place.width() < 4) {
            painter.fillRect(place, fill);
            continue;
        }
        fillRounded(painter, place, 3, fill);
        paintWordText(painter, place, QString::fromStdString(words[i].text), scene.theme.tx2, font);
    }
}

QRect currentWordPlace(const LaneScene& scene, const QRect& area) {
    const auto word = wordAt(scene.content, scene.document.playhead());
    if (!word) return {};
    const QRectF place = wordPlace(scene, area, scene.content.transcript->words[*word]);
    return place.toAlignedRect().adjusted(-1, -1, 1, 1).intersected(area);
}

void paintCurrentWord(QPainter& painter, const LaneScene& scene, const QRect& area) {
    const auto index = wordAt(scene.content, scene.document.playhead());
    if (!index) return;
    const audio::TimedLabel& word = scene.content.transcript->words[*index];
    const QRectF place = wordPlace(scene, area, word);
    drawRounded(painter, place, 3, scene.theme.accsoft, scene.theme.acc);
    paintWordText(painter, place, QString::fromStdString(word.text), scene.theme.tx1,
                  themeFont(11, 600));
}

} // namespace gesture::app
