// SPDX-License-Identifier: Apache-2.0
#include "core/motion/parallel_for.h"

#include "core/base/assert.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace gesture::motion {

std::size_t threadCount(int requested) {
    constexpr unsigned kMaxThreads = 8;
    if (requested > 0) return static_cast<std::size_t>(requested);
    return std::clamp(std::thread::hardware_concurrency(), 1U, kMaxThreads);
}

void parallelFor(std::size_t threads, std::size_t count, std::size_t grain,
                 const std::function<void(std::size_t, std::size_t)>& work) {
    GESTURE_ASSERT(grain > 0);
    const std::size_t pieces = (count + grain - 1) / grain;
    const std::size_t used = std::min(threads, pieces);
    if (used <= 1) {
        if (count > 0) work(0, count);
        return;
    }
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
        for (std::size_t piece = next++; piece < pieces; piece = next++) {
            work(piece * grain, std::min(count, (piece + 1) * grain));
        }
    };
    std::vector<std::jthread> helpers;
    helpers.reserve(used - 1);
    for (std::size_t i = 1; i < used; ++i) {
        helpers.emplace_back(run);
    }
    run();
}

} // namespace gesture::motion
