// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lane_blocks.h"

#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/timeline_text.h"

#include <QLocale>

#include <cmath>

namespace gesture::app {

namespace {

constexpr std::size_t kMostBlocks = 200;

QString seconds(const LaneScene& scene, const FrameRange& range) {
    const FrameRate rate = scene.document.rate();
    const QLocale locale;
    return Timeline::tr("%1 to %2 seconds")
        .arg(locale.toString(rate.timeOf(range.begin).value, 'f', 2),
             locale.toString(rate.timeOf(range.end).value, 'f', 2));
}

LaneBlock rangeBlock(const LaneScene& scene, const LaneRow& row, const FrameRange& range,
                     const QString& what) {
    return {Timeline::tr("%1, %2").arg(what, seconds(scene, range)),
            blockPlace(scene, scene.layout.contentOf(row.place), range).toRect()};
}

std::vector<LaneBlock> maskBlocks(const LaneScene& scene, const LaneRow& row,
                                  motion::BodyPart part) {
    std::vector<LaneBlock> blocks;
    const FrameRange shown = visibleFrames(scene);
    const auto& runs = scene.index.runs[part];
    const QString what = Timeline::tr("%1, regenerate").arg(laneName(scene.content, row.id));
    for (std::size_t i = firstRangeAfter(runs, shown.begin);
         i < runs.size() && runs[i].begin < shown.end && blocks.size() < kMostBlocks; ++i) {
        blocks.push_back(rangeBlock(scene, row, runs[i], what));
    }
    return blocks;
}

std::vector<LaneBlock> wordBlocks(const LaneScene& scene, const LaneRow& row) {
    std::vector<LaneBlock> blocks;
    const auto& words = scene.content.transcript->words;
    const Seconds begin{scene.axis.begin()};
    for (std::size_t i = firstWordAfter(*scene.content.transcript, begin);
         i < words.size() && words[i].begin.value < scene.axis.end() && blocks.size() < kMostBlocks;
         ++i) {
        if (words[i].isPause()) continue;
        blocks.push_back(rangeBlock(scene, row, framesOf(words[i], scene.document.rate()),
                                    QString::fromStdString(words[i].text)));
    }
    return blocks;
}

/// Stretches whose score reaches the threshold.
std::vector<LaneBlock> scoreBlocks(const LaneScene& scene, const LaneRow& row) {
    std::vector<LaneBlock> blocks;
    const std::int64_t frames = std::max(scene.content.semantic->framesPerToken, 1);
    const FrameRange shown = visibleFrames(scene);
    const QString what =
        Timeline::tr("score above %1").arg(QLocale().toString(scene.content.threshold, 'f', 2));
    std::int64_t token = shown.begin.value / frames;
    const std::int64_t last = std::min(shown.end.value / frames + 1, scene.index.score.size());
    while (token < last && blocks.size() < kMostBlocks) {
        const std::int64_t begin = token;
        while (token < last && scene.index.score.at(token) >= scene.content.threshold) {
            ++token;
        }
        if (token > begin) {
            blocks.push_back(rangeBlock(scene, row, {{begin * frames}, {token * frames}}, what));
        } else {
            ++token;
        }
    }
    return blocks;
}

std::vector<LaneBlock> takeBlocks(const LaneScene& scene, const LaneRow& row, const TakeRow& take) {
    std::vector<LaneBlock> blocks{rangeBlock(scene, row, {{0}, {take.frames}}, take.recipe)};
    for (const TakeEdit& edit : take.edits) {
        blocks.push_back(rangeBlock(scene, row, edit.range, edit.text));
    }
    if (take.progress) {
        blocks.push_back(rangeBlock(scene, row, take.progress->range, take.progress->text));
    }
    return blocks;
}

/// The curves at the playhead, as parts of the average.
LaneBlock importanceBlock(const LaneScene& scene, const LaneRow& row) {
    const std::int64_t frame = scene.document.frame().value;
    const auto text = [&](const CurveMips& curve) {
        const float value = curve.at(frame);
        return std::isnan(value) ? Timeline::tr("unknown") : QLocale().toString(value, 'f', 2);
    };
    return {Timeline::tr("at the playhead: upper body %1, hands %2, lower body %3, together %4")
                .arg(text(scene.index.importance.upper), text(scene.index.importance.hands),
                     text(scene.index.importance.lower), text(scene.index.importance.all)),
            scene.layout.contentOf(row.place)};
}

/// The distance of the takes at the playhead.
LaneBlock differenceBlock(const LaneScene& scene, const LaneRow& row) {
    const float apart = scene.index.difference.all.at(scene.document.frame().value);
    return {std::isnan(apart) ? Timeline::tr("difference unknown")
                              : Timeline::tr("at the playhead takes A and B are %1 cm apart")
                                    .arg(QLocale().toString(apart, 'f', 1)),
            scene.layout.contentOf(row.place)};
}

} // namespace

std::vector<LaneBlock> blocksOf(const LaneScene& scene, const LaneRow& row) {
    if (!scene.document.hasClip() || scene.content.eyesOff.has(row.id)) return {};
    if (const auto note = emptyLaneNote(scene, row))
        return {{note->sentence, note->place.toRect()}};
    if (const auto part = partOf(row.id)) return maskBlocks(scene, row, *part);
    if (const auto take = takeOf(row.id)) {
        if (*take >= scene.content.takes.size()) return {};
        return takeBlocks(scene, row, scene.content.takes[*take]);
    }
    if (row.id == LaneId::Words && scene.content.hasWords()) return wordBlocks(scene, row);
    if (row.id == LaneId::Semantic && scene.content.hasScore()) return scoreBlocks(scene, row);
    const bool curves = row.id == LaneId::Attention || row.id == LaneId::Importance;
    if (curves && scene.content.hasImportance()) return {importanceBlock(scene, row)};
    if (row.id == LaneId::Difference) return {differenceBlock(scene, row)};
    if (row.id == LaneId::Speech && scene.document.audio()) {
        return {
            rangeBlock(scene, row, {{0}, {scene.document.frameCount()}},
                       QString::fromStdString(scene.document.audio()->path.filename().string()))};
    }
    return {};
}

QString headerText(const LaneScene& scene, const LaneRow& row) {
    QStringList parts{laneName(scene.content, row.id)};
    if (const auto part = partOf(row.id)) {
        if (const std::int64_t frames = scene.index.maskedFrames[*part]; frames > 0) {
            parts.append(Timeline::tr("%1 frames masked").arg(frames));
        }
    }
    if (const auto take = takeOf(row.id); take && *take < scene.content.takes.size()) {
        const TakeRow& shown = scene.content.takes[*take];
        if (shown.badge == TakeBadge::A) parts.append(QStringLiteral("A"));
        if (shown.badge == TakeBadge::B) parts.append(QStringLiteral("B"));
        if (shown.starred) parts.append(Timeline::tr("starred"));
        if (!shown.outOfDate.isEmpty()) parts.append(Timeline::tr("out of date"));
    }
    if (scene.content.isOld(row.id)) parts.append(Timeline::tr("out of date"));
    if (scene.content.locked.has(row.id)) parts.append(Timeline::tr("locked"));
    if (scene.content.solo.has(row.id)) parts.append(Timeline::tr("solo"));
    if (scene.content.eyesOff.has(row.id)) parts.append(Timeline::tr("hidden"));
    if (row.collapsed) parts.append(Timeline::tr("folded"));
    return parts.join(QStringLiteral(", "));
}

} // namespace gesture::app
