// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/audio_file.h"

#include <memory>

namespace gesture::audio {

/// What decodes a file for an AudioReader. Single thread.
class SampleSource {
public:
    SampleSource() = default;
    SampleSource(const SampleSource&) = delete;
    SampleSource& operator=(const SampleSource&) = delete;
    virtual ~SampleSource() = default;

    [[nodiscard]] virtual const AudioInfo& info() const = 0;
    /// Moves to a sample in 0..sampleCount.
    [[nodiscard]] virtual Status seek(std::int64_t position) = 0;
    /// Fills `out` (interleaved, whole samples) as far as the sound goes; returns samples per
    /// channel, 0 at the end. Fails when decoding breaks off although the sound goes on.
    [[nodiscard]] virtual Result<std::int64_t> read(std::span<float> out) = 0;
};

/// By libsndfile, by content. InvalidInput says why it is not a sound that libsndfile knows.
[[nodiscard]] Result<std::unique_ptr<SampleSource>>
openWithSndfile(const std::filesystem::path& path);

/// By the programs ffprobe and ffmpeg, which see this one file and no network. Unavailable when
/// they are not installed, InvalidInput when the file holds no sound that they know.
[[nodiscard]] Result<std::unique_ptr<SampleSource>>
openWithFfmpeg(const std::filesystem::path& path);

/// Name of a container that libsndfile does not read and ffmpeg does, by the first bytes:
/// "MP4 or QuickTime"; empty when it is none of them.
[[nodiscard]] std::string_view foreignContainer(const std::filesystem::path& path);

} // namespace gesture::audio
