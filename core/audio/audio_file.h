// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace gesture::audio {

/// What a sound file is.
struct AudioInfo {
    int sampleRate = 0; ///< Hz, 1..768,000
    int channels = 0;   ///< 1..64
    /// Per channel. Only a claim of the file when `lengthIsExact` is false (films): reading may end
    /// some milliseconds earlier or later. Never allocate by it.
    std::int64_t sampleCount = 0;
    bool lengthIsExact = true;
    int bitsPerSample = 0; ///< 0 where the coding has none (MP3, AAC, …).
    std::string format;    ///< "WAV (Microsoft), Signed 16 bit PCM"

    [[nodiscard]] Seconds duration() const {
        return {sampleRate > 0 ? static_cast<double>(sampleCount) / sampleRate : 0.0};
    }
};

/// Streaming reader of sound files by content, whatever their names: all that libsndfile knows, and
/// through the program ffmpeg, where it is installed, the sound of films and other containers (MP4,
/// M4A, MOV, WebM, Matroska, AVI, AAC, WMA, …; the first sound track). Single thread.
class AudioReader {
public:
    /// NotFound; Io; InvalidInput ("… is not a sound file that this program reads: …");
    /// Unavailable when only ffmpeg could read it and it is not installed.
    [[nodiscard]] static Result<AudioReader> open(const std::filesystem::path& path);
    AudioReader(AudioReader&&) noexcept;
    AudioReader& operator=(AudioReader&&) noexcept;
    ~AudioReader();

    [[nodiscard]] const AudioInfo& info() const;
    /// Moves to a sample (clamped to the file).
    [[nodiscard]] Status seek(SampleIndex position);
    /// Reads interleaved samples in -1..1 (louder ones are kept) into `out`, as many as there are
    /// and fit; returns samples per channel, 0 at the end. Samples that are not numbers, or larger
    /// than any coding's full scale (2^32), are damage and come back as 0.
    [[nodiscard]] std::int64_t read(std::span<float> out);
    /// Whether reading has only ended where the sound does: Io when it broke off before.
    [[nodiscard]] const Status& status() const;
    /// How many samples of all channels were damaged so far.
    [[nodiscard]] std::int64_t damagedSamples() const;

private:
    struct Impl;
    explicit AudioReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace gesture::audio
