// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <vector>

namespace gesture::audio {

constexpr int kMaxChannels = 64;
constexpr int kMaxSampleRate = 768'000; ///< Hz
/// A mono sound that is held in memory has at most so many samples (4 GiB; 18 hours at 16 kHz).
constexpr std::int64_t kMaxSoundSamples = std::int64_t{1} << 30;

/// Mono samples in -1..1 (louder ones are kept, never clipped) at one rate. Value type.
struct Sound {
    int sampleRate = 0; ///< Hz
    std::vector<float> samples;

    [[nodiscard]] Seconds duration() const {
        return {sampleRate > 0 ? static_cast<double>(samples.size()) / sampleRate : 0.0};
    }
};

/// Half-open range of samples [begin, end).
struct SampleRange {
    SampleIndex begin;
    SampleIndex end;

    bool operator==(const SampleRange&) const = default;

    [[nodiscard]] constexpr std::int64_t length() const { return end.value - begin.value; }
};

} // namespace gesture::audio
