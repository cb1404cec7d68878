// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/voice_activity.h"

#include "core/audio/features/energy.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace gesture::audio {

namespace {

constexpr double kAroundSeconds = 10.0;
constexpr double kNoisePercentile = 0.10;
constexpr float kUnvoicedBelow = 0.2F;
constexpr double kLeastUnvoicedSeconds = 0.2;

using Flags = std::vector<std::uint8_t>;

/// Level of the noise in each frame, dB; constant over a second.
std::vector<float> noiseLevels(std::span<const float> energy, std::span<const float> voicing,
                               double framesPerSecond) {
    const auto count = static_cast<std::int64_t>(energy.size());
    const auto second = std::max<std::int64_t>(1, std::llround(framesPerSecond));
    const std::int64_t around = std::llround(kAroundSeconds * framesPerSecond);
    const auto enough = static_cast<std::size_t>(kLeastUnvoicedSeconds * framesPerSecond);
    std::vector<float> levels(energy.size(), kSilenceDecibels);
    std::vector<float> unvoiced;
    for (std::int64_t begin = 0; begin < count; begin += second) {
        const std::int64_t end = std::min(count, begin + second);
        unvoiced.clear();
        for (auto i = static_cast<std::size_t>(std::max<std::int64_t>(0, begin - around));
             i < static_cast<std::size_t>(std::min(count, end + around)); ++i)
            if (voicing[i] < kUnvoicedBelow) unvoiced.push_back(energy[i]);
        if (unvoiced.size() <= enough) continue;
        const auto middle =
            unvoiced.begin() +
            static_cast<std::ptrdiff_t>(kNoisePercentile * static_cast<double>(unvoiced.size()));
        std::nth_element(unvoiced.begin(), middle, unvoiced.end());
        std::fill(levels.begin() + begin, levels.begin() + end, *middle);
    }
    return levels;
}

/// Calls `visit(begin, end)` for each stretch of frames with this value.
template <typename Visit>
void forEachRun(const Flags& flags, std::uint8_t value, Visit visit) {
    for (std::size_t begin = 0; begin < flags.size();) {
        std::size_t end = begin;
        while (end < flags.size() && flags[end] == flags[begin])
            ++end;
        if (flags[begin] == value) visit(begin, end);
        begin = end;
    }
}

/// Stretches of `loud` frames that hold at least one `sure` frame.
Flags grown(const Flags& loud, const Flags& sure) {
    Flags speech(loud.size());
    forEachRun(loud, 1, [&](std::size_t begin, std::size_t end) {
        const auto first = sure.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto last = sure.begin() + static_cast<std::ptrdiff_t>(end);
        if (std::find(first, last, 1) != last)
            std::fill(speech.begin() + static_cast<std::ptrdiff_t>(begin),
                      speech.begin() + static_cast<std::ptrdiff_t>(end), std::uint8_t{1});
    });
    return speech;
}

/// Sets the stretches of `value` that are shorter than `length` frames to the other value; at the
/// ends of the sound only when `atEnds`.
Flags withoutShort(const Flags& flags, std::uint8_t value, double length, bool atEnds) {
    Flags result = flags;
    forEachRun(flags, value, [&](std::size_t begin, std::size_t end) {
        if (static_cast<double>(end - begin) >= length) return;
        if (!atEnds && (begin == 0 || end == flags.size())) return;
        std::fill(result.begin() + static_cast<std::ptrdiff_t>(begin),
                  result.begin() + static_cast<std::ptrdiff_t>(end),
                  static_cast<std::uint8_t>(1 - value));
    });
    return result;
}

} // namespace

std::vector<std::uint8_t> detectSpeech(const Series& energy, const PitchTrack& pitch,
                                       const VoiceActivityOptions& options) {
    const std::size_t count = std::min(energy.values.size(), pitch.voicing.size());
    const auto loudness = std::span(energy.values).first(count);
    const auto voicing = std::span(pitch.voicing).first(count);
    const auto noise = noiseLevels(loudness, voicing, pitch.framesPerSecond);
    Flags loud(count);
    Flags sure(count);
    for (std::size_t i = 0; i < count; ++i) {
        loud[i] = loudness[i] >= std::max(noise[i] + options.offAbove, options.quietest);
        sure[i] = loudness[i] >= std::max(noise[i] + options.onAbove, options.quietest) &&
                  voicing[i] >= options.onVoicing;
    }
    Flags speech = grown(loud, sure);
    speech = withoutShort(speech, 0, options.bridge.value * pitch.framesPerSecond, false);
    speech = withoutShort(speech, 1, options.shortest.value * pitch.framesPerSecond, true);
    speech.resize(pitch.voicing.size());
    return speech;
}

} // namespace gesture::audio
