// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/audio_file.h"

#include <QString>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace gesture::app {

/// Extremes and loudness of a stretch of sound, -1..1 and 0..1.
struct WaveformSpan {
    float lowest = 0;
    float highest = 0;
    float rms = 0;
};

/// Waveform at every zoom: level 0 is the overview, each next level joins two columns. Immutable
/// after construction, any thread.
class WaveformLevels {
public:
    WaveformLevels() = default;
    explicit WaveformLevels(const audio::WaveformOverview& overview);

    [[nodiscard]] bool empty() const { return levels_.empty(); }
    /// Largest absolute sample, 0..1.
    [[nodiscard]] float peak() const;
    /// RMS of the whole sound, 0..1.
    [[nodiscard]] float rms() const;
    /// The stretch [begin, end) in parts of the whole sound, 0..1; takes time that does not depend
    /// on its length. A stretch outside of the sound is silent.
    [[nodiscard]] WaveformSpan span(double begin, double end) const;

private:
    std::vector<std::vector<WaveformSpan>> levels_;
};

/// A sound that was opened: immutable, shared as shared_ptr<const AudioTrack>, any thread.
struct AudioTrack {
    std::filesystem::path path;
    audio::AudioInfo info;
    WaveformLevels waveform;
    std::vector<float> loudness; ///< RMS per motion frame, 0..1.
};

} // namespace gesture::app
