// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gesture::audio {

/// Values at a steady rate; value i belongs to the moment i / framesPerSecond. Value type.
struct Series {
    double framesPerSecond = 0.0;
    std::vector<float> values;
};

/// Number of centred frames of `frameLength` samples, `hop` apart, over `sampleCount` samples that
/// are padded by frameLength / 2 at both ends; 0 for no samples. Lengths are at least 1.
[[nodiscard]] std::int64_t centredFrameCount(std::int64_t sampleCount, int frameLength, int hop);

/// Copies samples [begin, begin + out.size()) to `out`; what lies outside of the sound, and what is
/// not a number, is 0.
void copyWindow(std::span<const float> samples, std::int64_t begin, std::span<float> out);

/// Samples in `seconds`, rounded, at least 1.
[[nodiscard]] int samplesIn(double seconds, int sampleRate);

} // namespace gesture::audio
