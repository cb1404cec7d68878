// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <vector>

namespace gesture::motion {

/// The longest stretches of frames of [0, frames) for which `holds(frame)`, in order.
template <typename Predicate>
[[nodiscard]] std::vector<FrameRange> findRuns(std::int64_t frames, const Predicate& holds) {
    std::vector<FrameRange> runs;
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        if (!holds(frame)) continue;
        const std::int64_t begin = frame;
        while (frame < frames && holds(frame)) {
            ++frame;
        }
        runs.push_back({{begin}, {frame}});
    }
    return runs;
}

} // namespace gesture::motion
