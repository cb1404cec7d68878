// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace gesture::audio {

/// What a sound file is.
struct AudioInfo {
    int sampleRate = 0; ///< Hz
    int channels = 0;
    std::int64_t sampleCount = 0; ///< Per channel.
    std::string format;           ///< "WAV, 32-bit float"

    [[nodiscard]] Seconds duration() const {
        return {sampleRate > 0 ? static_cast<double>(sampleCount) / sampleRate : 0.0};
    }
};

/// Streaming reader of every file that libsndfile knows, by content. Single thread.
class AudioReader {
public:
    /// NotFound, Io, or InvalidInput ("… is not a sound file that this program reads: …").
    [[nodiscard]] static Result<AudioReader> open(const std::filesystem::path& path);
    AudioReader(AudioReader&&) noexcept;
    AudioReader& operator=(AudioReader&&) noexcept;
    ~AudioReader();

    [[nodiscard]] const AudioInfo& info() const;
    /// Moves to a sample (clamped to the file).
    [[nodiscard]] Status seek(SampleIndex position);
    /// Reads interleaved samples in -1..1 into `out`; returns samples per channel, 0 at the end.
    /// Values that are not finite come back as 0.
    [[nodiscard]] std::int64_t read(std::span<float> out);

private:
    struct Impl;
    explicit AudioReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Loudness per motion frame: RMS over [i, i+1) / rate of the mean of all channels, 0..1.
[[nodiscard]] Result<std::vector<float>> frameLoudness(const std::filesystem::path& path,
                                                       FrameRate rate);

/// Waveform overview for drawing: `columns` pairs of smallest and largest sample of the mix.
struct WaveformOverview {
    std::vector<float> lowest;
    std::vector<float> highest;
    std::vector<float> rms;
};
[[nodiscard]] Result<WaveformOverview> waveformOverview(const std::filesystem::path& path,
                                                        int columns);

} // namespace gesture::audio
