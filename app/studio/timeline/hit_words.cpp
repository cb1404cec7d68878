// SPDX-License-Identifier: Apache-2.0
// What the pointer can do and what lies under it, in words.
#include "app/studio/document/time_text.h"
#include "app/studio/timeline/hit_test.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/timeline_text.h"

#include <QLocale>

#include <cmath>
#include <utility>

namespace gesture::app {

namespace {

/// What a drag or click does there.
constexpr std::pair<Zone, const char*> kHints[] = {
    {Zone::Unit, QT_TRANSLATE_NOOP("Timeline", "Click: count in minutes, seconds or frames.")},
    {Zone::Ruler,
     QT_TRANSLATE_NOOP("Timeline",
                       "Click or drag: move the playhead. Double-click: loop the word.")},
    {Zone::In, QT_TRANSLATE_NOOP("Timeline", "Drag: set in.")},
    {Zone::Out, QT_TRANSLATE_NOOP("Timeline", "Drag: set out.")},
    {Zone::Band, QT_TRANSLATE_NOOP("Timeline", "Drag: move the range.")},
    {Zone::Marker,
     QT_TRANSLATE_NOOP("Timeline",
                       "Drag: move the marker. Double-click: rename it. Delete removes it.")},
    {Zone::Header,
     QT_TRANSLATE_NOOP(
         "Timeline",
         "Double-click: fold or unfold. Drag: move the lane. Right-click: choose lanes.")},
    {Zone::Badge, QT_TRANSLATE_NOOP("Timeline", "Click: compare with this take.")},
    {Zone::Button, QT_TRANSLATE_NOOP("Timeline", "Click: fill this lane.")},
    {Zone::BlockBegin,
     QT_TRANSLATE_NOOP("Timeline",
                       "Drag: make the masked stretch longer or shorter. Alt ignores snapping.")},
    {Zone::BlockEnd,
     QT_TRANSLATE_NOOP("Timeline",
                       "Drag: make the masked stretch longer or shorter. Alt ignores snapping.")},
    {Zone::Block,
     QT_TRANSLATE_NOOP("Timeline", "Click: choose the block. Drag: move it. Ctrl copies.")},
    {Zone::Word,
     QT_TRANSLATE_NOOP("Timeline",
                       "Click: go to the word. Double-click: select it. F2: correct it.")},
    {Zone::WordBegin, QT_TRANSLATE_NOOP("Timeline", "Drag: move the boundary of the word.")},
    {Zone::WordEnd, QT_TRANSLATE_NOOP("Timeline", "Drag: move the boundary of the word.")},
    {Zone::Threshold,
     QT_TRANSLATE_NOOP("Timeline", "Drag: choose the threshold; dashed is what it would mask.")},
    {Zone::Take, QT_TRANSLATE_NOOP("Timeline", "Click: make this take A.")},
    {Zone::BoxBegin, QT_TRANSLATE_NOOP("Timeline", "Drag: show more or less of the clip.")},
    {Zone::BoxEnd, QT_TRANSLATE_NOOP("Timeline", "Drag: show more or less of the clip.")},
    {Zone::Box, QT_TRANSLATE_NOOP("Timeline", "Drag: scroll. Double-click: show the whole clip.")},
};

QString toolHint(TimelineTool tool) {
    switch (tool) {
    case TimelineTool::Select:
        return Timeline::tr("Select: drag to select time and lanes. Shift extends, Alt ignores "
                            "snapping. Click: go there.");
    case TimelineTool::Paint:
        return Timeline::tr("Paint: drag to mark frames for regeneration. Ctrl erases, Shift "
                            "paints all parts, Alt ignores snapping.");
    case TimelineTool::Range:
        return Timeline::tr("Range: drag over lanes to mask the rectangle. Ctrl erases it.");
    case TimelineTool::Erase:
        break;
    }
    return Timeline::tr("Erase: drag to keep frames. Ctrl paints, Shift erases all parts.");
}

QString signHint(const Hit& hit) {
    switch (hit.sign) {
    case LaneSign::Mute:
        return Timeline::tr("Click: mute or unmute.");
    case LaneSign::Eye:
        return Timeline::tr("Click: show or hide. Alt+click: show only this one.");
    case LaneSign::Lock:
        return Timeline::tr("Click: lock or unlock. Alt+click: lock all others.");
    case LaneSign::Solo:
        break;
    }
    return Timeline::tr("Click: edit only soloed parts. Alt+click: only this one.");
}

QString wordTip(const LaneScene& scene, std::size_t index) {
    const audio::TimedLabel& word = scene.content.transcript->words[index];
    const QLocale locale;
    return Timeline::tr("“%1” · %2–%3 s")
        .arg(QString::fromStdString(word.text), locale.toString(word.begin.value, 'f', 2),
             locale.toString(word.end.value, 'f', 2));
}

QString blockTip(const LaneScene& scene, const Hit& hit) {
    const FrameRate rate = scene.document.rate();
    return Timeline::tr("%1: regenerate frames %2–%3 (%4 frames, %5 s)")
        .arg(laneName(scene.content, hit.lane))
        .arg(hit.block.begin.value)
        .arg(hit.block.end.value - 1)
        .arg(hit.block.length())
        .arg(QLocale().toString(rate.timeOf({hit.block.length()}).value, 'f', 2));
}

QString takeTip(const LaneScene& scene, LaneId lane) {
    const auto number = takeOf(lane);
    if (!number || *number >= scene.content.takes.size()) return {};
    const TakeRow& take = scene.content.takes[*number];
    QStringList lines{take.name};
    if (!take.recipe.isEmpty()) lines.append(take.recipe);
    if (!take.outOfDate.isEmpty())
        lines.append(Timeline::tr("Out of date: %1").arg(take.outOfDate));
    return lines.join(QLatin1Char('\n'));
}

/// Time and frame, then what the lane reads there.
QString readingTip(const LaneScene& scene, const Hit& hit, const QPointF& place) {
    const FrameIndex frame = scene.frameAt(place.x());
    QString tip = Timeline::tr("%1 · frame %2")
                      .arg(timecodeText(frame, scene.document.rate()))
                      .arg(frame.value);
    if (hit.zone != Zone::Lane) return tip;
    const QLocale locale;
    if (hit.lane == LaneId::Semantic && scene.content.hasScore()) {
        const std::int64_t token =
            frame.value / std::max(scene.content.semantic->framesPerToken, 1);
        const float score = scene.index.score.at(token);
        if (!std::isnan(score)) {
            tip += QLatin1Char('\n') + Timeline::tr("score %1").arg(locale.toString(score, 'f', 2));
        }
    }
    const bool curves = hit.lane == LaneId::Attention || hit.lane == LaneId::Importance;
    const float fused = scene.index.importance.all.at(frame.value);
    if (curves && !std::isnan(fused)) {
        tip += QLatin1Char('\n') +
               Timeline::tr("%1 × the average of its window").arg(locale.toString(fused, 'f', 2));
    }
    const float apart = scene.index.difference.all.at(frame.value);
    if (hit.lane == LaneId::Difference && !std::isnan(apart))
        tip += QLatin1Char('\n') +
               Timeline::tr("A and B: %1 cm apart").arg(locale.toString(apart, 'f', 1));
    return tip;
}

/// What a header of a lane with maps says when these are old.
QString mapTip(const LaneScene& scene, LaneId lane) {
    if (!scene.content.isOld(lane)) return {};
    return Timeline::tr("Out of date: %1").arg(scene.content.mapsOutOfDate);
}

} // namespace

QString hintOf(const Hit& hit, const ToolSettings& settings) {
    if (hit.zone == Zone::Sign) return signHint(hit);
    if (hit.zone == Zone::Lane || hit.zone == Zone::BelowLanes) return toolHint(settings.tool);
    for (const auto& [zone, hint] : kHints) {
        if (zone == hit.zone) return Timeline::tr(hint);
    }
    return {};
}

QString tipOf(const LaneScene& scene, const Hit& hit, const QPointF& place) {
    switch (hit.zone) {
    case Zone::Ruler:
    case Zone::Lane:
        return readingTip(scene, hit, place);
    case Zone::Marker:
        return scene.content.markers[hit.index].name;
    case Zone::Header:
    case Zone::Badge:
    case Zone::Take: {
        const QString take = takeTip(scene, hit.lane);
        const QString map = mapTip(scene, hit.lane);
        if (!map.isEmpty()) return map;
        return !take.isEmpty() ? take : laneName(scene.content, hit.lane);
    }
    case Zone::Sign:
        return signHint(hit);
    case Zone::BlockBegin:
    case Zone::BlockEnd:
    case Zone::Block:
        return blockTip(scene, hit);
    case Zone::Word:
    case Zone::WordBegin:
    case Zone::WordEnd:
        return wordTip(scene, hit.index);
    case Zone::Threshold:
        return Timeline::tr("Threshold of the semantic score");
    case Zone::Nothing:
    case Zone::Unit:
    case Zone::In:
    case Zone::Out:
    case Zone::Band:
    case Zone::Button:
    case Zone::BelowLanes:
    case Zone::BoxBegin:
    case Zone::BoxEnd:
    case Zone::Box:
        break;
    }
    return {};
}

} // namespace gesture::app
