// SPDX-License-Identifier: Apache-2.0
#include "core/speech/speech_presence.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace gesture::speech {

namespace {

/// Quieter than this at its loudest, in dB of full scale: nothing was recorded.
constexpr double kSilence = -65.0;
/// Between the loud and the quiet tenth of its frames speech moves by far more, in dB.
constexpr double kLeastMovement = 6.0;
/// Loudness is taken over this long, in seconds.
constexpr double kStep = 0.02;
constexpr double kShortestPiece = 8.0;
constexpr double kLongestPiece = 20.0;
/// Pauses are looked for this wide, in steps.
constexpr std::size_t kPauseSteps = 10;

std::vector<double> loudnessOf(const audio::Sound& sound) {
    const auto step =
        std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(kStep * sound.sampleRate)));
    std::vector<double> levels;
    for (std::size_t i = 0; i + step <= sound.samples.size(); i += step) {
        double sum = 0;
        for (std::size_t k = i; k < i + step; ++k)
            sum += static_cast<double>(sound.samples[k]) * sound.samples[k];
        levels.push_back(10 * std::log10(sum / static_cast<double>(step) + 1e-12));
    }
    return levels;
}

double quantile(std::vector<double> values, double share) {
    const auto index = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + index, values.end());
    return values[static_cast<std::size_t>(index)];
}

} // namespace

Status checkSpeechPresence(const audio::Sound& sound) {
    const std::vector<double> levels = loudnessOf(sound);
    constexpr double kShortest = 0.1;
    if (levels.empty() || sound.duration().value < kShortest)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The sound lasts {:.2f} s: that is too short for a word.",
                                 sound.duration().value)};
    if (quantile(levels, 0.99) < kSilence)
        return Error{ErrorCode::InvalidInput,
                     "There is no speech in the sound: it is silent. Check that the right track "
                     "was recorded."};
    const bool longEnoughToTell = sound.duration().value > 1.0;
    if (longEnoughToTell && quantile(levels, 0.95) - quantile(levels, 0.05) < kLeastMovement)
        return Error{ErrorCode::InvalidInput,
                     "There is no speech in the sound: it is an even noise. Check that the right "
                     "track was recorded."};
    return Status::success();
}

std::vector<SampleSpan> cutAtPauses(const audio::Sound& sound) {
    const std::vector<double> levels = loudnessOf(sound);
    const auto steps = [](double seconds) { return static_cast<std::size_t>(seconds / kStep); };
    const double step = kStep * sound.sampleRate;
    std::vector<SampleSpan> pieces;
    const auto total = static_cast<std::int64_t>(sound.samples.size());
    std::int64_t begin = 0;
    std::size_t first = 0;
    while (levels.size() > first + steps(kLongestPiece)) {
        std::size_t best = first + steps(kLongestPiece);
        double quietest = 1e9;
        for (std::size_t i = first + steps(kShortestPiece); i < first + steps(kLongestPiece); ++i) {
            double sum = 0;
            for (std::size_t k = i; k < std::min(i + kPauseSteps, levels.size()); ++k)
                sum += levels[k];
            if (sum >= quietest) continue;
            quietest = sum;
            best = i + kPauseSteps / 2;
        }
        const auto end =
            std::min(total, static_cast<std::int64_t>(static_cast<double>(best) * step));
        pieces.push_back({begin, end});
        begin = end;
        first = best;
    }
    if (begin < total) pieces.push_back({begin, total});
    return pieces;
}

} // namespace gesture::speech
