// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/tools/snapping.h"

#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/timeline_text.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kReach = 6;

/// Keeps the target that is nearest to a place.
class Nearest {
public:
    Nearest(const LaneScene& scene, double x)
        : scene_(scene)
        , x_(x) {}

    void offer(FrameIndex frame, const QString& name) {
        const double distance = std::abs(scene_.xOf(frame) - x_);
        if (distance > least_) return;
        least_ = distance;
        found_ = SnapGuide{frame, name};
    }
    [[nodiscard]] const std::optional<SnapGuide>& found() const { return found_; }

private:
    const LaneScene& scene_;
    double x_;
    double least_ = kReach;
    std::optional<SnapGuide> found_;
};

std::optional<SnapGuide> nearMaskEdge(const LaneScene& scene, double x, const SnapRules& rules) {
    Nearest nearest(scene, x);
    const FrameIndex from = scene.frameAt(x - kReach);
    for (const motion::BodyPart part : kBodyParts) {
        const QString name =
            Timeline::tr("mask of %1").arg(laneName(scene.content, laneOf(part)).toLower());
        const auto& runs = (rules.runs != nullptr ? *rules.runs : scene.index.runs)[part];
        for (std::size_t i = firstRangeAfter(runs, from + -1); i < runs.size(); ++i) {
            if (scene.xOf(runs[i].begin) > x + kReach) break;
            nearest.offer(runs[i].begin, name);
            nearest.offer(runs[i].end, name);
        }
    }
    return nearest.found();
}

std::optional<SnapGuide> nearWord(const LaneScene& scene, double x, const SnapRules& rules) {
    if (!scene.content.hasWords()) return std::nullopt;
    Nearest nearest(scene, x);
    const auto& words = scene.content.transcript->words;
    const Seconds from = scene.axis.timeAt(x - 2 * kReach);
    for (std::size_t i = firstWordAfter(*scene.content.transcript, from); i < words.size(); ++i) {
        if (scene.axis.xOf(words[i].begin) > x + 2 * kReach) break;
        const bool own = rules.ownWord && i + 1 >= *rules.ownWord && i <= *rules.ownWord + 1;
        if (own || words[i].isPause()) continue;
        const QString name = Timeline::tr("word “%1”").arg(QString::fromStdString(words[i].text));
        const FrameRange frames = framesOf(words[i], scene.document.rate());
        nearest.offer(frames.begin, name);
        nearest.offer(frames.end, name);
    }
    return nearest.found();
}

std::optional<SnapGuide> nearMarker(const LaneScene& scene, double x, const SnapRules& rules) {
    Nearest nearest(scene, x);
    for (std::size_t i = 0; i < scene.content.markers.size(); ++i) {
        if (rules.ownMarker == i) continue;
        const TimelineMarker& marker = scene.content.markers[i];
        nearest.offer(marker.frame, marker.name.isEmpty() ? Timeline::tr("marker") : marker.name);
    }
    return nearest.found();
}

std::optional<SnapGuide> nearOther(const LaneScene& scene, double x, const SnapRules& rules) {
    Nearest nearest(scene, x);
    if (rules.range && scene.document.range()) {
        nearest.offer(scene.document.range()->begin, Timeline::tr("in"));
        nearest.offer(scene.document.range()->end, Timeline::tr("out"));
    }
    if (nearest.found() || !scene.content.hasImportance()) return nearest.found();
    const auto& borders = scene.content.importance->borders;
    auto border = std::lower_bound(borders.begin(), borders.end(), scene.frameAt(x - kReach));
    for (; border != borders.end() && scene.xOf(*border) <= x + kReach; ++border) {
        nearest.offer(*border, Timeline::tr("window"));
    }
    return nearest.found();
}

FrameIndex insideClip(const LaneScene& scene, FrameIndex frame) {
    return {std::clamp<std::int64_t>(frame.value, 0, scene.document.frameCount())};
}

/// Edges of masks, words and markers between two frames, both left out.
void collectEdges(const LaneScene& scene, FrameIndex after, FrameIndex before,
                  std::vector<FrameIndex>& edges) {
    const auto add = [&](FrameIndex frame) {
        if (after < frame && frame < before) edges.push_back(frame);
    };
    for (const motion::BodyPart part : kBodyParts) {
        for (const FrameRange& run : scene.index.runs[part]) {
            add(run.begin);
            add(run.end);
        }
    }
    if (scene.content.hasWords()) {
        for (const audio::TimedLabel& word : scene.content.transcript->words) {
            if (!word.isPause()) add(framesOf(word, scene.document.rate()).begin);
        }
    }
    for (const TimelineMarker& marker : scene.content.markers) {
        add(marker.frame);
    }
}

} // namespace

SnapGuide snapAt(const LaneScene& scene, double x, const SnapRules& rules) {
    const FrameIndex plain = insideClip(scene, scene.axis.nearestFrame(x));
    if (rules.cells) {
        const std::int64_t cell = std::max(scene.content.framesPerToken, 1);
        const FrameIndex cellStart{(plain.value + cell / 2) / cell * cell};
        return {insideClip(scene, cellStart), {}};
    }
    if (!rules.targets) return {plain, {}};
    auto found = nearMaskEdge(scene, x, rules);
    if (!found) found = nearWord(scene, x, rules);
    if (!found) found = nearMarker(scene, x, rules);
    if (!found) found = nearOther(scene, x, rules);
    if (!found) return {plain, {}};
    found->frame = insideClip(scene, found->frame);
    return *found;
}

FrameRange wholeCells(const LaneScene& scene, FrameRange range) {
    const std::int64_t cell = std::max(scene.content.framesPerToken, 1);
    const std::int64_t begin = range.begin.value / cell * cell;
    const std::int64_t end = (range.end.value + cell - 1) / cell * cell;
    return {insideClip(scene, {begin}), insideClip(scene, {end})};
}

std::optional<FrameIndex> edgeBefore(const LaneScene& scene, FrameIndex frame) {
    std::vector<FrameIndex> edges;
    collectEdges(scene, {-1}, frame, edges);
    const auto found = std::max_element(edges.begin(), edges.end());
    return found != edges.end() ? std::optional(*found) : std::nullopt;
}

std::optional<FrameIndex> edgeAfter(const LaneScene& scene, FrameIndex frame) {
    std::vector<FrameIndex> edges;
    collectEdges(scene, frame, {scene.document.frameCount()}, edges);
    const auto found = std::min_element(edges.begin(), edges.end());
    return found != edges.end() ? std::optional(*found) : std::nullopt;
}

} // namespace gesture::app
