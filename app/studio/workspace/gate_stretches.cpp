// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/gate_stretches.h"

#include <algorithm>

namespace gesture::app {

static_assert(static_cast<int>(GateMode::Auto) == static_cast<int>(project::Gate::Auto) &&
              static_cast<int>(GateMode::Base) == static_cast<int>(project::Gate::Base) &&
              static_cast<int>(GateMode::Sparse) == static_cast<int>(project::Gate::Sparse));

std::vector<project::GateStretch> withGate(std::vector<project::GateStretch> stretches,
                                           FrameRange range, project::Gate gate) {
    std::vector<project::GateStretch> cut;
    for (const project::GateStretch& old : stretches) {
        const FrameRange before{old.range.begin, std::min(old.range.end, range.begin)};
        const FrameRange after{std::max(old.range.begin, range.end), old.range.end};
        if (before.begin < before.end) cut.push_back({before, old.gate});
        if (after.begin < after.end) cut.push_back({after, old.gate});
    }
    if (gate != project::Gate::Auto && range.begin < range.end) cut.push_back({range, gate});
    std::ranges::sort(cut, {}, [](const project::GateStretch& each) { return each.range.begin; });
    std::vector<project::GateStretch> joined;
    for (const project::GateStretch& each : cut) {
        const bool touches = !joined.empty() && joined.back().gate == each.gate &&
                             joined.back().range.end == each.range.begin;
        if (touches)
            joined.back().range.end = each.range.end;
        else
            joined.push_back(each);
    }
    return joined;
}

std::vector<GateMode> gatesOfTokens(const std::vector<project::GateStretch>& stretches,
                                    const inference::SemanticTrack& track) {
    std::vector<GateMode> gates(track.score.size(), GateMode::Auto);
    const std::int64_t length = std::max(track.framesPerToken, 1);
    const auto count = static_cast<std::int64_t>(gates.size());
    for (const project::GateStretch& stretch : stretches) {
        const std::int64_t first = (stretch.range.begin.value + length - 1) / length;
        const std::int64_t last = (stretch.range.end.value + length - 1) / length;
        for (std::int64_t i = std::max<std::int64_t>(first, 0); i < std::min(last, count); ++i)
            gates[static_cast<std::size_t>(i)] = static_cast<GateMode>(stretch.gate);
    }
    return gates;
}

} // namespace gesture::app
