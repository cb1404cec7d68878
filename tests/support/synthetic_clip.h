// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/clip.h"
#include "tests/support/counter_random.h"

namespace gesture::test {

/// A clip of random numbers in natural ranges; `stream` tells clips apart.
inline motion::Clip::Data syntheticClipData(std::size_t frames, std::uint64_t stream = 50) {
    motion::Clip::Data data;
    const auto fill = [&](std::vector<float>& values, std::size_t columns, std::uint64_t array,
                          float scale) {
        values.resize(frames * columns);
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = scale * counterUniform(4 * stream + array, i);
        }
    };
    fill(data.poses, motion::kPoseSize, 0, 0.6F);
    fill(data.translations, 3, 1, 1.0F);
    fill(data.expressions, motion::kExpressionCount, 2, 2.0F);
    return data;
}

inline motion::Clip syntheticClip(std::size_t frames, std::uint64_t stream = 50) {
    return motion::Clip::create(syntheticClipData(frames, stream)).value();
}

} // namespace gesture::test
