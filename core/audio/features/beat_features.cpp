// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/beat_features.h"

#include "core/audio/features/framing.h"
#include "core/audio/features/onset.h"
#include "core/base/assert.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace gesture::audio {

namespace {

constexpr int kReferenceRate = 16000;
constexpr std::int64_t kWindow = 1024;
constexpr std::int64_t kHop = 512;
constexpr int kReferenceFps = 30;
constexpr std::int64_t kFramesPerReport = 1024;
constexpr const char* kStage = "Measuring the rhythm";

float loudestOf(std::span<const float> samples) {
    float loudest = 0.0F;
    for (const float sample : samples)
        loudest = std::max(loudest, std::abs(sample));
    return loudest;
}

double sumOfSquares(std::span<const float> samples) {
    double sum = 0.0;
    for (const float sample : samples)
        sum += static_cast<double>(sample) * sample;
    return sum;
}

/// numpy.interp(numpy.linspace(0, n - 1, count), arange(n), values).
std::vector<double> stretched(std::span<const double> values, std::int64_t count) {
    std::vector<double> out(static_cast<std::size_t>(count));
    const double last = static_cast<double>(values.size()) - 1.0;
    const double step = count > 1 ? last / static_cast<double>(count - 1) : 0.0;
    for (std::int64_t i = 0; i < count; ++i) {
        const double position = count > 1 && i + 1 == count ? last : static_cast<double>(i) * step;
        const auto below = static_cast<std::size_t>(position);
        const double at = values[below];
        const double part = position - static_cast<double>(below);
        out[static_cast<std::size_t>(i)] = part > 0.0 ? (values[below + 1] - at) * part + at : at;
    }
    return out;
}

/// The three channels at the hop's rate, one after the other.
struct Channels {
    std::vector<double> amplitude;
    std::vector<double> energy;
    std::vector<double> onset;
};

/// Reports where a loop is; false when it has to stop.
bool keepsGoing(JobControl& control, std::int64_t done) {
    if (done % kFramesPerReport != 0) return true;
    control.advanceTo(done);
    return !control.stopRequested();
}

Result<Channels> referenceChannels(std::span<const float> samples,
                                   std::span<const std::int64_t> onsets, JobControl& control) {
    const auto total = static_cast<std::int64_t>(samples.size());
    // The rolling maximum has fewer values than there are hops when the sound is very short.
    const auto count = static_cast<std::size_t>(std::min(total / kHop, total - kWindow + 1));
    Channels channels{std::vector<double>(count), std::vector<double>(count),
                      std::vector<double>(count)};
    std::vector<float> window(kWindow);
    control.beginStage(kStage, static_cast<std::int64_t>(count));
    for (std::size_t k = 0; k < count; ++k) {
        if (!keepsGoing(control, static_cast<std::int64_t>(k)))
            return JobControl::cancelled(kStage);
        copyWindow(samples, static_cast<std::int64_t>(k), window);
        channels.amplitude[k] = loudestOf(window);
        copyWindow(samples, kHop * static_cast<std::int64_t>(k), window);
        channels.energy[k] = static_cast<float>(sumOfSquares(window));
    }
    for (const std::int64_t onset : onsets)
        if (onset < static_cast<std::int64_t>(count))
            channels.onset[static_cast<std::size_t>(onset)] = 1.0;
    return channels;
}

} // namespace

Result<BeatFeatures> referenceBeatFeatures(const Sound& speech, JobControl& control) {
    if (speech.sampleRate != kReferenceRate)
        return Error{
            ErrorCode::InvalidInput,
            fmt::format("The rhythm of speech is taken at 16,000 Hz, this sound has {} Hz: "
                        "resample it first.",
                        speech.sampleRate)};
    const auto total = static_cast<std::int64_t>(speech.samples.size());
    if (total < kWindow)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The sound is too short: {} samples at 16 kHz, the rhythm of "
                                 "speech needs at least {} (0.064 s).",
                                 total, kWindow)};
    const auto onsets = onsetFrames(speech, control);
    if (!onsets) return Error(onsets.error());

    const auto channels = referenceChannels(speech.samples, *onsets, control);
    if (!channels) return Error(channels.error());
    const auto frames =
        static_cast<std::int64_t>(static_cast<double>(total) / kReferenceRate * kReferenceFps);
    BeatFeatures beat{{kReferenceFps, 1}, {}};
    beat.values.resize(static_cast<std::size_t>(frames * BeatFeatures::kChannels));
    std::size_t channel = 0;
    for (const auto* values : {&channels->amplitude, &channels->energy, &channels->onset}) {
        const auto column = stretched(*values, frames);
        for (std::size_t i = 0; i < column.size(); ++i)
            beat.values[BeatFeatures::kChannels * i + channel] = static_cast<float>(column[i]);
        ++channel;
    }
    return beat;
}

Result<BeatFeatures> frameBeatFeatures(const Sound& sound, FrameRate rate,
                                       std::span<const Seconds> onsets, JobControl& control) {
    GESTURE_ASSERT(rate.numerator > 0 && rate.denominator > 0);
    BeatFeatures beat{rate, {}};
    if (sound.samples.empty()) return beat;
    const auto total = static_cast<std::int64_t>(sound.samples.size());
    const std::int64_t perFrame = std::int64_t{sound.sampleRate} * rate.denominator;
    const auto firstSample = [&](std::int64_t frame) {
        return std::min(total, (frame * perFrame + rate.numerator - 1) / rate.numerator);
    };
    std::vector<float> window;
    control.beginStage(kStage, total * rate.numerator / perFrame + 1);
    for (std::int64_t frame = 0; firstSample(frame) < total; ++frame) {
        if (!keepsGoing(control, frame)) return JobControl::cancelled(kStage);
        const std::int64_t begin = firstSample(frame);
        window.resize(static_cast<std::size_t>(firstSample(frame + 1) - begin));
        copyWindow(sound.samples, begin, window);
        const double meanSquare =
            window.empty() ? 0.0 : sumOfSquares(window) / static_cast<double>(window.size());
        beat.values.insert(beat.values.end(),
                           {loudestOf(window), static_cast<float>(meanSquare), 0.0F});
    }
    for (const Seconds onset : onsets) {
        const std::int64_t frame = rate.frameAt(onset).value;
        if (frame >= 0 && frame < beat.frameCount())
            beat.values[static_cast<std::size_t>(BeatFeatures::kChannels * frame + 2)] = 1.0F;
    }
    return beat;
}

} // namespace gesture::audio
