// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/timeline_content.h"

#include <algorithm>

namespace gesture::app {

namespace {

/// Words alone are compared: they come anew with every step of a drag. Curves hold NaN.
bool same(const std::shared_ptr<const audio::Transcript>& a,
          const std::shared_ptr<const audio::Transcript>& b) {
    return a == b || (a && b && *a == *b);
}

/// First to last frame in which two masks differ.
std::optional<FrameRange> differingFrames(const inference::EditMask& a,
                                          const inference::EditMask& b) {
    const auto first = a.cells();
    const auto second = b.cells();
    if (a == b) return std::nullopt;
    const std::size_t shorter = std::min(first.size(), second.size());
    const std::size_t longer = std::max(first.size(), second.size());
    const auto ends = std::mismatch(
        first.begin(), first.begin() + static_cast<std::ptrdiff_t>(shorter), second.begin());
    const auto begin = static_cast<std::size_t>(ends.first - first.begin());
    std::size_t end = longer;
    if (shorter == longer) {
        while (end > begin && first[end - 1] == second[end - 1]) {
            --end;
        }
    }
    constexpr auto kParts = static_cast<std::size_t>(motion::kBodyPartCount);
    return FrameRange{{static_cast<std::int64_t>(begin / kParts)},
                      {static_cast<std::int64_t>((end + kParts - 1) / kParts)}};
}

void noteTakes(const TimelineContent& before, const TimelineContent& after,
               ContentDifference& difference) {
    const std::size_t shown = kMostTakes;
    const std::size_t first = std::min(before.takes.size(), shown);
    const std::size_t second = std::min(after.takes.size(), shown);
    if (first != second || before.compared != after.compared) difference.layout = true;
    for (std::size_t i = 0; i < std::min(first, second); ++i) {
        if (before.takes[i] != after.takes[i]) difference.lanes.set(laneOfTake(i));
    }
}

void noteMasks(const TimelineContent& before, const TimelineContent& after,
               ContentDifference& difference) {
    difference.maskColumns = differingFrames(before.mask, after.mask);
    if (before.preview != after.preview || before.framesPerToken != after.framesPerToken ||
        before.blendMargin != after.blendMargin) {
        difference.lanes.unite(lanesOf(inference::kAllParts));
    }
}

} // namespace

std::vector<LaneId> firstLaneOrder() {
    std::vector<LaneId> order;
    for (int i = 0; i < kLaneCount; ++i) {
        order.push_back(static_cast<LaneId>(i));
    }
    return order;
}

bool TimelineContent::editable(motion::BodyPart part) const {
    const bool anySolo = (solo.bits() & lanesOf(inference::kAllParts).bits()) != 0;
    return !locked.has(laneOf(part)) && (!anySolo || solo.has(laneOf(part)));
}

inference::PartSet TimelineContent::editable(inference::PartSet parts) const {
    for (const motion::BodyPart part : kBodyParts) {
        parts[part] = parts[part] && editable(part);
    }
    return parts;
}

ContentDifference differenceOf(const TimelineContent& before, const TimelineContent& after) {
    ContentDifference difference;
    noteTakes(before, after, difference);
    noteMasks(before, after, difference);
    const bool offers = before.offers != after.offers;
    if (offers || !same(before.transcript, after.transcript)) difference.lanes.set(LaneId::Words);
    if (offers || before.threshold != after.threshold || before.semantic != after.semantic) {
        difference.lanes.set(LaneId::Semantic);
    }
    if (offers || before.noAttention != after.noAttention ||
        before.importance != after.importance) {
        difference.lanes.set(LaneId::Attention);
        difference.lanes.set(LaneId::Importance);
    }
    if (before.difference != after.difference) difference.lanes.set(LaneId::Difference);
    if (before.mapsOutOfDate != after.mapsOutOfDate)
        difference.lanes.unite({LaneId::Semantic, LaneId::Attention, LaneId::Importance});
    difference.ruler = before.markers != after.markers || before.segments != after.segments;
    difference.lanes.unite(LaneSet::fromBits((before.locked.bits() ^ after.locked.bits()) |
                                             (before.solo.bits() ^ after.solo.bits()) |
                                             (before.eyesOff.bits() ^ after.eyesOff.bits())));
    return difference;
}

inference::EditMask maskOfLength(const inference::EditMask& mask, std::int64_t frames) {
    if (mask.frameCount() == frames) return mask;
    inference::EditMask made(frames);
    for (const motion::BodyPart part : kBodyParts) {
        inference::PartSet one;
        one[part] = true;
        for (const FrameRange& run : mask.runs(part)) {
            made.paint(run, one);
        }
    }
    return made;
}

} // namespace gesture::app
