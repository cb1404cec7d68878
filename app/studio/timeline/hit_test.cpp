// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/hit_test.h"

#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/lanes/whole_clip_lane.h"
#include "app/studio/timeline/ruler_painter.h"

#include <cmath>

namespace gesture::app {

namespace {

constexpr double kReach = 5; ///< How near the pointer must be to take a handle.
constexpr int kBandHeight = 12;

Hit of(Zone zone) {
    Hit hit;
    hit.zone = zone;
    return hit;
}

Hit inLane(Zone zone, LaneId lane) {
    Hit hit = of(zone);
    hit.lane = lane;
    return hit;
}

Hit rulerHit(const LaneScene& scene, const QPointF& place) {
    for (std::size_t i = scene.content.markers.size(); i-- > 0;) {
        const QRectF flag = markerFlag(scene, scene.content.markers[i].frame);
        if (!flag.adjusted(-2, -1, 2, 1).contains(place)) continue;
        Hit hit = of(Zone::Marker);
        hit.index = i;
        return hit;
    }
    const auto& range = scene.document.range();
    if (!range || place.y() < scene.layout.ruler().bottom() + 1 - kBandHeight) {
        return of(Zone::Ruler);
    }
    const double begin = scene.xOf(range->begin);
    const double end = scene.xOf(range->end);
    if (std::abs(place.x() - begin) <= kReach) return of(Zone::In);
    if (std::abs(place.x() - end) <= kReach) return of(Zone::Out);
    return of(place.x() > begin && place.x() < end ? Zone::Band : Zone::Ruler);
}

Hit headerHit(const LaneScene& scene, const LaneRow& row, const QPointF& place) {
    for (const LaneSignPlace& sign : laneSigns(scene, row)) {
        if (!sign.place.adjusted(-3, -3, 3, 3).contains(place.toPoint())) continue;
        Hit hit = inLane(Zone::Sign, row.id);
        hit.sign = sign.sign;
        return hit;
    }
    const auto take = takeOf(row.id);
    const bool badge = take && *take < scene.content.takes.size() && !row.collapsed;
    if (badge && takeBadge(row).adjusted(-3, -3, 3, 3).contains(place.toPoint())) {
        return inLane(Zone::Badge, row.id);
    }
    return inLane(Zone::Header, row.id);
}

Hit maskHit(const LaneScene& scene, const LaneRow& row, motion::BodyPart part, double x) {
    const auto& runs = scene.index.runs[part];
    const FrameIndex from = scene.frameAt(x - kReach);
    for (std::size_t i = firstRangeAfter(runs, from + -1); i < runs.size(); ++i) {
        const double begin = std::floor(scene.xOf(runs[i].begin));
        const double end = std::floor(scene.xOf(runs[i].end));
        if (begin > x + kReach) break;
        // A narrow block keeps a third of its width for its body.
        const double reach = std::min(kReach, (end - begin) / 3);
        Hit hit = inLane(Zone::Block, row.id);
        hit.block = runs[i];
        if (std::abs(x - begin) <= reach || (x < begin && begin - x <= 2)) {
            hit.zone = Zone::BlockBegin;
        } else if (std::abs(x - end) <= reach || (x > end && x - end <= 2)) {
            hit.zone = Zone::BlockEnd;
        }
        if (hit.zone != Zone::Block || (x >= begin && x <= end)) return hit;
    }
    return inLane(Zone::Lane, row.id);
}

Hit wordHit(const LaneScene& scene, const LaneRow& row, double x) {
    const auto& words = scene.content.transcript->words;
    const Seconds from = scene.axis.timeAt(x - kReach);
    std::optional<Hit> near;
    for (std::size_t i = firstWordAfter(*scene.content.transcript, from); i < words.size(); ++i) {
        const double begin = scene.axis.xOf(words[i].begin);
        const double end = scene.axis.xOf(words[i].end);
        if (begin > x + kReach) break;
        if (words[i].isPause()) continue;
        const double reach = std::min(kReach - 1, (end - begin) / 3);
        Hit hit = inLane(Zone::Word, row.id);
        hit.index = i;
        if (std::abs(x - begin) <= reach) hit.zone = Zone::WordBegin;
        if (std::abs(x - end) <= reach) hit.zone = Zone::WordEnd;
        if (x >= begin && x <= end) return hit;
        if (hit.zone != Zone::Word && !near) near = hit;
    }
    return near ? *near : inLane(Zone::Lane, row.id);
}

Hit selectHit(const LaneScene& scene, const LaneRow& row, const QRect& area, const QPointF& place) {
    if (scene.content.eyesOff.has(row.id)) return inLane(Zone::Lane, row.id);
    if (const auto part = partOf(row.id)) return maskHit(scene, row, *part, place.x());
    if (const auto take = takeOf(row.id)) {
        return inLane(*take < scene.content.takes.size() ? Zone::Take : Zone::Lane, row.id);
    }
    if (row.id == LaneId::Words && scene.content.hasWords()) return wordHit(scene, row, place.x());
    if (row.id == LaneId::Semantic && scene.content.hasScore() && !row.collapsed) {
        const double line = scoreY(area, scene.content.threshold);
        const bool grip = thresholdGrip(scene, area).adjusted(-3, -2, 3, 2).contains(place);
        if (grip || std::abs(place.y() - line) <= 2) return inLane(Zone::Threshold, row.id);
    }
    return inLane(Zone::Lane, row.id);
}

Hit laneHit(const LaneScene& scene, const LaneRow& row, const QPointF& place, TimelineTool tool) {
    const QRect area = scene.layout.contentOf(row.place);
    if (const auto note = emptyLaneNote(scene, row)) {
        for (const LaneButton& button : note->buttons) {
            if (!button.place.contains(place)) continue;
            Hit hit = inLane(Zone::Button, row.id);
            hit.offer = button.offer;
            return hit;
        }
    }
    if (tool == TimelineTool::Select) return selectHit(scene, row, area, place);
    const bool threshold = row.id == LaneId::Semantic && scene.content.hasScore() &&
                           !row.collapsed && thresholdGrip(scene, area).contains(place);
    return inLane(threshold ? Zone::Threshold : Zone::Lane, row.id);
}

Hit wholeClipHit(const LaneScene& scene, double x) {
    const QRectF box = viewBox(scene);
    if (std::abs(x - box.left()) <= kReach) return of(Zone::BoxBegin);
    if (std::abs(x - box.right()) <= kReach) return of(Zone::BoxEnd);
    return of(Zone::Box);
}

} // namespace

Hit hitAt(const LaneScene& scene, const QPointF& place, TimelineTool tool) {
    if (!scene.document.hasClip()) return {};
    const QPoint point = place.toPoint();
    const bool header = place.x() < scene.density().header;
    if (scene.layout.ruler().contains(point)) {
        return header ? of(Zone::Unit) : rulerHit(scene, place);
    }
    if (scene.layout.wholeClip().contains(point)) {
        return header ? Hit{} : wholeClipHit(scene, place.x());
    }
    const LaneRow* const row = scene.layout.rowAt(point.y());
    if (row == nullptr) return header ? Hit{} : of(Zone::BelowLanes);
    return header ? headerHit(scene, *row, place) : laneHit(scene, *row, place, tool);
}

} // namespace gesture::app
