// SPDX-License-Identifier: Apache-2.0
#include "core/inference/take.h"

#include "core/motion/representation.h"

#include <algorithm>

namespace gesture::inference {

namespace {

/// Puts `more` where element `begin` is; what lies behind stays.
template <typename T>
void place(std::vector<T>& values, std::int64_t begin, const std::vector<T>& more) {
    const auto first = static_cast<std::size_t>(begin);
    values.resize(std::max(values.size(), first + more.size()));
    std::copy(more.begin(), more.end(), values.begin() + static_cast<std::ptrdiff_t>(first));
}

} // namespace

void TakeCollector::motion(const MotionChunk& chunk) {
    MotionFrames& motion = take_.motion;
    motion.expressionSpace = chunk.frames.expressionSpace;
    const std::int64_t begin = chunk.begin.value;
    place(motion.poses, begin * motion::kPoseSize, chunk.frames.poses);
    place(motion.translations, begin * 3, chunk.frames.translations);
    place(motion.expressions, begin * motion::kExpressionCount, chunk.frames.expressions);
    place(motion.contacts, begin * motion::kContactCount, chunk.frames.contacts);
    take_.finalFrames = std::max(take_.finalFrames, chunk.finalEnd.value);
}

} // namespace gesture::inference
