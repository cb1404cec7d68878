// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/lane_scene.h"

namespace gesture::app {

// One painter a kind of lane. `area` is the lane right of its header; only columns of the scene's
// clip are painted.

void paintSpeechLane(QPainter& painter, const LaneScene& scene, const QRect& area);
void paintWordsLane(QPainter& painter, const LaneScene& scene, const QRect& area);
void paintSemanticLane(QPainter& painter, const LaneScene& scene, const QRect& area);
void paintAttentionLane(QPainter& painter, const LaneScene& scene, const QRect& area);
void paintImportanceLane(QPainter& painter, const LaneScene& scene, const QRect& area);
/// How far takes A and B are apart.
void paintDifferenceLane(QPainter& painter, const LaneScene& scene, const QRect& area);
void paintMaskLane(QPainter& painter, const LaneScene& scene, const QRect& area,
                   motion::BodyPart part);
/// `take` may lie beyond the takes: the lane says that there are none.
void paintTakeLane(QPainter& painter, const LaneScene& scene, const QRect& area, std::size_t take);

/// The current word, brighter; belongs to the layer of the playhead.
void paintCurrentWord(QPainter& painter, const LaneScene& scene, const QRect& area);
[[nodiscard]] QRect currentWordPlace(const LaneScene& scene, const QRect& area);
/// Dots of the curves at the playhead; belong to the layer of the playhead.
void paintImportanceDots(QPainter& painter, const LaneScene& scene, const QRect& area);
void paintDifferenceDots(QPainter& painter, const LaneScene& scene, const QRect& area);

/// Grip of the threshold at the right end of the lane, and its height for a threshold, and back.
[[nodiscard]] QRectF thresholdGrip(const LaneScene& scene, const QRect& area);
[[nodiscard]] double scoreY(const QRect& area, double score);
[[nodiscard]] double scoreAt(const QRect& area, double y);

/// Place of a word; too narrow for its text: less than 1 px stays 1 px.
[[nodiscard]] QRectF wordPlace(const LaneScene& scene, const QRect& area,
                               const audio::TimedLabel& word);
[[nodiscard]] QRectF blockPlace(const LaneScene& scene, const QRect& area, const FrameRange& range);

/// Where the buttons of an empty lane are, from the left.
struct LaneButton {
    LaneOffer offer = LaneOffer::AlignWords;
    QString text;
    QRectF place;
};
/// A sentence in the middle of an empty lane with its buttons.
struct LaneNote {
    QString sentence;
    QRectF place;
    std::vector<LaneButton> buttons;
};
/// What an empty lane says; nothing for one that is not empty.
[[nodiscard]] std::optional<LaneNote> emptyLaneNote(const LaneScene& scene, const LaneRow& row);
void paintLaneNote(QPainter& painter, const LaneScene& scene, const LaneNote& note);

} // namespace gesture::app
