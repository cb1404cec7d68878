// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace gesture::audio {

enum class SoundCoding {
    WavPcm16,
    WavPcm24,
    WavFloat, ///< 32 bits; the only one that keeps samples beyond full scale.
    FlacPcm16,
    FlacPcm24,
};

/// What is written.
struct WriterSettings {
    int sampleRate = 0; ///< Hz, 1..768,000 (FLAC: to 655,350)
    int channels = 1;   ///< 1..64 (FLAC: to 8)
    SoundCoding coding = SoundCoding::WavPcm16;
};

/// Writes a sound file so that readers see the old file or the whole new one: the target changes in
/// `commit` alone, and nothing is left without it. Single thread.
class AudioWriter {
public:
    /// Usage when the coding cannot hold such a sound; Io when the folder is not writable.
    [[nodiscard]] static Result<AudioWriter> create(const std::filesystem::path& target,
                                                    const WriterSettings& settings);
    AudioWriter(AudioWriter&&) noexcept;
    AudioWriter& operator=(AudioWriter&&) noexcept;
    ~AudioWriter();

    /// Appends interleaved samples in -1..1, a whole number per channel. PCM is rounded to nearest
    /// and clipped (so PCM of the same depth comes back bit by bit); what is not a number becomes
    /// 0. Io when the disk is full; LimitExceeded when a WAV file would exceed 4 GiB. After a
    /// failure the writer can only be dropped.
    [[nodiscard]] Status write(std::span<const float> interleaved);
    /// Ends the file, checks that it can be read, and gives it its name.
    [[nodiscard]] Status commit();

private:
    struct Impl;
    explicit AudioWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Copies a range of a sound (clamped to it) to a new file, all channels at their rate, block by
/// block. Blocks. The errors of AudioReader and AudioWriter; InvalidInput when nothing lies in the
/// range; Cancelled: the target is then as it was.
[[nodiscard]] Status copySound(const std::filesystem::path& source,
                               const std::filesystem::path& target, SampleRange range,
                               SoundCoding coding, JobControl& control);

} // namespace gesture::audio
