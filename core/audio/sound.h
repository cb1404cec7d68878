// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <vector>

namespace gesture::audio {

/// Mono samples in -1..1 (louder ones are kept, never clipped) at one rate. Value type.
struct Sound {
    int sampleRate = 0; ///< Hz
    std::vector<float> samples;

    [[nodiscard]] Seconds duration() const {
        return {sampleRate > 0 ? static_cast<double>(samples.size()) / sampleRate : 0.0};
    }
};

} // namespace gesture::audio
