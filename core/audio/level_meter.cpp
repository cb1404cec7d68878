// SPDX-License-Identifier: Apache-2.0
#include "core/audio/level_meter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gesture::audio {

namespace {

constexpr std::size_t kBlock = std::size_t{1} << 14; ///< Samples per channel.
constexpr std::int64_t kClippedRun = 3;
constexpr double kSilence = 1e-3;   ///< Peak of -60 dBFS.
constexpr int kFinestClipping = 16; ///< Bits; finer codings clip at the same level.

} // namespace

double decibels(double amplitude) { return 20.0 * std::log10(amplitude); }

std::vector<std::string> SoundLevels::remarks() const {
    std::vector<std::string> remarks;
    if (sampleCount == 0)
        remarks.emplace_back("It holds no samples.");
    else if (peak == 0)
        remarks.emplace_back("It is silent.");
    else if (peak < kSilence)
        remarks.emplace_back("It is nearly silent.");
    if (clippedRuns > 0)
        remarks.push_back(fmt::format(
            "It is clipped in {} places: record with less gain if you can.", clippedRuns));
    if (damagedSamples > 0)
        remarks.push_back(
            fmt::format("{} samples are not numbers and are heard as silence.", damagedSamples));
    return remarks;
}

LevelMeter::LevelMeter(int channels, int bitsPerSample)
    : runs_(static_cast<std::size_t>(channels)) {
    const int bits = bitsPerSample > 0 ? std::min(bitsPerSample, kFinestClipping) : kFinestClipping;
    // The largest positive value is one step below 1; half a step of slack for rounding.
    fullScale_ = static_cast<float>(1.0 - 1.5 * std::ldexp(1.0, 1 - bits));
}

void LevelMeter::push(std::span<const float> interleaved) {
    const std::size_t channels = runs_.size();
    for (std::size_t i = 0; i + channels <= interleaved.size(); i += channels) {
        for (std::size_t c = 0; c < channels; ++c) {
            const float size = std::abs(interleaved[i + c]);
            levels_.peak = std::max(levels_.peak, size);
            energy_ += static_cast<double>(size) * size;
            if (size < fullScale_)
                runs_[c] = 0;
            else if (++runs_[c] == kClippedRun)
                ++levels_.clippedRuns;
        }
        ++levels_.sampleCount;
    }
}

SoundLevels LevelMeter::levels() const {
    SoundLevels levels = levels_;
    const double count =
        static_cast<double>(levels.sampleCount) * static_cast<double>(runs_.size());
    levels.rms = count > 0 ? std::sqrt(energy_ / count) : 0.0;
    return levels;
}

Result<SoundLevels> measureLevels(AudioReader& reader, JobControl& control) {
    const AudioInfo& info = reader.info();
    LevelMeter meter(info.channels, info.bitsPerSample);
    std::vector<float> block(kBlock * static_cast<std::size_t>(info.channels));
    control.beginStage("Measuring sound", info.lengthIsExact ? info.sampleCount : 0);
    std::int64_t done = 0;
    while (const std::int64_t count = reader.read(block)) {
        if (control.stopRequested()) return JobControl::cancelled("Measuring sound");
        meter.push(std::span(block).first(static_cast<std::size_t>(count * info.channels)));
        done += count;
        control.advanceTo(done);
    }
    if (!reader.status().ok()) return Error(reader.status().error());
    SoundLevels levels = meter.levels();
    levels.damagedSamples = reader.damagedSamples();
    return levels;
}

} // namespace gesture::audio
