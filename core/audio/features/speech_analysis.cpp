// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/speech_analysis.h"

#include "core/audio/features/energy.h"
#include "core/audio/features/onset.h"
#include "core/audio/features/voice_activity.h"

#include <utility>

namespace gesture::audio {

namespace {

constexpr double kHopSeconds = 0.010;
constexpr double kEnergyWindowSeconds = 0.032;

} // namespace

Result<SpeechAnalysis> analyseSpeech(const Sound& sound, JobControl& control) {
    PitchOptions grid;
    grid.hop = samplesIn(kHopSeconds, sound.sampleRate);
    // The pitch first: it checks the sample rate.
    auto pitch = trackPitch(sound, grid, control);
    if (!pitch) return std::move(pitch).error();
    auto strength = onsetStrength(sound, {}, control);
    if (!strength) return std::move(strength).error();
    auto energy =
        energyDecibels(sound, samplesIn(kEnergyWindowSeconds, sound.sampleRate), grid.hop, control);
    if (!energy) return std::move(energy).error();

    SpeechAnalysis analysis;
    for (const std::int64_t frame :
         detectOnsets(strength->values, sound.sampleRate, MelOptions{}.hop))
        analysis.onsets.push_back({static_cast<double>(frame) / strength->framesPerSecond});
    analysis.onsetStrength = std::move(*strength);
    analysis.energy = std::move(*energy);
    analysis.pitch = std::move(*pitch);
    analysis.speech = detectSpeech(analysis.energy, analysis.pitch);
    return analysis;
}

} // namespace gesture::audio
