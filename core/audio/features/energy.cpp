// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/energy.h"

#include "core/audio/features/mel.h"

namespace gesture::audio {

namespace {

constexpr std::int64_t kFramesPerReport = 1024;

} // namespace

Result<Series> energyDecibels(const Sound& sound, int window, int hop, JobControl& control) {
    const auto count =
        centredFrameCount(static_cast<std::int64_t>(sound.samples.size()), window, hop);
    Series energy{static_cast<double>(sound.sampleRate) / hop,
                  std::vector<float>(static_cast<std::size_t>(count))};
    std::vector<float> samples(static_cast<std::size_t>(window));
    control.beginStage("Measuring loudness", count);
    for (std::int64_t i = 0; i < count; ++i) {
        if (i % kFramesPerReport == 0) {
            if (control.stopRequested()) return JobControl::cancelled("Measuring loudness");
            control.advanceTo(i);
        }
        copyWindow(sound.samples, i * hop - window / 2, samples);
        double sum = 0.0;
        for (const float sample : samples)
            sum += static_cast<double>(sample) * sample;
        energy.values[static_cast<std::size_t>(i)] = decibelsOf(static_cast<float>(sum / window));
    }
    control.advanceTo(count);
    return energy;
}

} // namespace gesture::audio
