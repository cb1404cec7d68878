// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/pitch.h"

#include "core/audio/features/framing.h"
#include "core/audio/features/pitch_decoder.h"
#include "core/audio/features/yin.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace gesture::audio {

namespace {

constexpr double kFrameSeconds = 0.064;
constexpr double kHopSeconds = 0.010;
constexpr int kBinsPerSemitone = 10;
constexpr int kBinsPerOctave = 12 * kBinsPerSemitone;
constexpr double kOctavesPerSecond = 35.92; ///< Fastest change of pitch.
constexpr std::int64_t kFramesPerReport = 64;

PitchOptions resolved(PitchOptions options, int sampleRate) {
    if (options.frameLength == 0)
        options.frameLength = 2 * samplesIn(kFrameSeconds / 2, sampleRate);
    if (options.hop == 0) options.hop = samplesIn(kHopSeconds, sampleRate);
    return options;
}

Status check(const PitchOptions& options, int sampleRate) {
    const bool ordered = options.lowestHz > 0.0 && options.lowestHz < options.highestHz;
    if (!ordered || options.frameLength < 2 || options.hop < 1)
        return Error{ErrorCode::InvalidInput, "The range or the grid of the pitch track is empty."};
    if (options.highestHz > sampleRate / 2.0)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The sound has {} samples a second; pitch up to {:g} Hz needs at "
                                 "least {:g}.",
                                 sampleRate, options.highestHz, 2.0 * options.highestHz)};
    if (sampleRate / options.lowestHz >= options.frameLength - 1)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Frames of {} samples at {} Hz are too short for a pitch of {:g} "
                                 "Hz.",
                                 options.frameLength, sampleRate, options.lowestHz)};
    return Status::success();
}

int binCount(const PitchOptions& options) {
    return static_cast<int>(
               std::floor(kBinsPerOctave * std::log2(options.highestHz / options.lowestHz))) +
           1;
}

/// How many bins the pitch can move from frame to frame.
int reachOf(const PitchOptions& options, int sampleRate, int bins) {
    const double semitones = kOctavesPerSecond * 12.0 * options.hop / sampleRate;
    // nearbyint rounds halves to even, as Python does.
    const int reach = static_cast<int>(std::nearbyint(semitones)) * kBinsPerSemitone / 2;
    return std::clamp(reach, 0, (bins - 1) / 2);
}

/// Candidates by pitch bin; of several in one bin the longest period stays, as in librosa.
void binCandidates(std::span<const PitchCandidate> candidates, double lowestHz, int bins,
                   std::vector<PitchDecoder::BinProbability>& out) {
    out.clear();
    for (const PitchCandidate& candidate : candidates) {
        const double position = kBinsPerOctave * std::log2(candidate.hertz / lowestHz);
        const int bin = static_cast<int>(std::nearbyint(std::clamp(position, 0.0, 1.0 * bins)));
        if (bin >= bins) continue;
        const auto same = std::find_if(out.begin(), out.end(),
                                       [bin](const auto& entry) { return entry.bin == bin; });
        if (same == out.end())
            out.push_back({bin, candidate.probability});
        else
            same->probability = candidate.probability;
    }
}

} // namespace

Result<PitchTrack> trackPitch(const Sound& sound, const PitchOptions& wanted, JobControl& control) {
    const PitchOptions options = resolved(wanted, sound.sampleRate);
    if (Status fits = check(options, sound.sampleRate); !fits) return std::move(fits).error();
    const auto frames = centredFrameCount(static_cast<std::int64_t>(sound.samples.size()),
                                          options.frameLength, options.hop);
    PitchTrack track{static_cast<double>(sound.sampleRate) / options.hop, {}, {}};
    const int bins = binCount(options);
    Yin yin(sound.sampleRate, options.lowestHz, options.highestHz, options.frameLength);
    PitchDecoder decoder(bins, reachOf(options, sound.sampleRate, bins));
    std::vector<PitchDecoder::BinProbability> voiced;
    std::vector<int> states;
    control.beginStage("Following the pitch", frames);
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        if (frame % kFramesPerReport == 0) {
            if (control.stopRequested()) return JobControl::cancelled("Following the pitch");
            control.advanceTo(frame);
        }
        binCandidates(yin.candidates(sound.samples, frame * options.hop), options.lowestHz, bins,
                      voiced);
        double sum = 0.0;
        for (const auto& entry : voiced)
            sum += entry.probability;
        const double probability = std::clamp(sum, 0.0, 1.0);
        track.voicing.push_back(static_cast<float>(probability));
        decoder.push(voiced, (1.0 - probability) / bins, states);
    }
    decoder.finish(states);
    control.advanceTo(frames);
    track.hertz.resize(states.size());
    std::transform(states.begin(), states.end(), track.hertz.begin(), [&](int state) {
        const double octaves = static_cast<double>(state) / kBinsPerOctave;
        return state < bins ? static_cast<float>(options.lowestHz * std::exp2(octaves)) : 0.0F;
    });
    return track;
}

} // namespace gesture::audio
