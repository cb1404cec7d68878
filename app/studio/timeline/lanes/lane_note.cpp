// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/timeline_text.h"

#include <QFontMetricsF>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr double kGap = 10;
constexpr double kPadding = 8;
constexpr double kMostHeight = 22;

struct Offer {
    LaneOffer offer;
    QString text;
};

struct Sentence {
    QString text;
    std::vector<Offer> offers;
};

std::optional<Sentence> sentenceOf(const LaneScene& scene, LaneId lane) {
    const TimelineContent& content = scene.content;
    if (lane == LaneId::Speech && !scene.document.audio()) {
        return Sentence{Timeline::tr("No sound. Drop a sound file here, or open one with Ctrl+O."),
                        {}};
    }
    if (lane == LaneId::Words && !content.hasWords()) {
        return Sentence{Timeline::tr("No words."),
                        {{LaneOffer::AlignWords, Timeline::tr("Align from text…")},
                         {LaneOffer::ImportWords, Timeline::tr("Import…")}}};
    }
    if (lane == LaneId::Semantic && !content.hasScore()) {
        return Sentence{Timeline::tr("No semantic score yet."),
                        {{LaneOffer::ComputeScore, Timeline::tr("Compute")}}};
    }
    if (lane == LaneId::Importance && !content.hasImportance()) {
        if (!content.noAttention.isEmpty()) return Sentence{content.noAttention, {}};
        return Sentence{Timeline::tr("This take has no attention map."),
                        {{LaneOffer::ComputeAttention, Timeline::tr("Compute")}}};
    }
    if (lane == LaneId::Difference && !content.difference)
        return Sentence{Timeline::tr("Comparing A and B…"), {}};
    if (lane == LaneId::Take1 && content.takes.empty()) {
        return Sentence{Timeline::tr("No takes yet. Generate some with Ctrl+G."), {}};
    }
    return std::nullopt;
}

} // namespace

std::optional<LaneNote> emptyLaneNote(const LaneScene& scene, const LaneRow& row) {
    if (!scene.document.hasClip() || row.collapsed) return std::nullopt;
    const auto sentence = sentenceOf(scene, row.id);
    if (!sentence) return std::nullopt;
    const QFontMetricsF metrics(themeFont(11));
    const QRectF area(scene.layout.contentOf(row.place));
    double width = metrics.horizontalAdvance(sentence->text) + 2;
    LaneNote note{sentence->text, {}, {}};
    for (const Offer& offer : sentence->offers) {
        if (!scene.content.offers.testFlag(offer.offer)) continue;
        const double button = metrics.horizontalAdvance(offer.text) + 2 * kPadding;
        note.buttons.push_back({offer.offer, offer.text, QRectF(0, 0, button, 0)});
        width += kGap + button;
    }
    const double height = std::min(area.height() - 4, kMostHeight);
    double x = area.left() + std::max((area.width() - width) / 2, 4.0);
    note.place = {x, area.top(), metrics.horizontalAdvance(sentence->text) + 2, area.height() - 1};
    x = note.place.right() + kGap;
    for (LaneButton& button : note.buttons) {
        button.place = {x, area.top() + (area.height() - 1 - height) / 2, button.place.width(),
                        height};
        x = button.place.right() + kGap;
    }
    return note;
}

void paintLaneNote(QPainter& painter, const LaneScene& scene, const LaneNote& note) {
    drawLaneText(painter, {note.place, note.sentence, scene.theme.tx2, themeFont(11)});
    for (const LaneButton& button : note.buttons) {
        drawRounded(painter, button.place, 4, scene.theme.bg3, scene.theme.line2);
        drawLaneText(painter, {button.place, button.text, scene.theme.tx1, themeFont(11, 500),
                               Qt::AlignHCenter});
    }
}

} // namespace gesture::app
