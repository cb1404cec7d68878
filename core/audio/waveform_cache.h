// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/waveform_pyramid.h"

#include <filesystem>
#include <optional>
#include <string>

namespace gesture::audio {

/// Waveforms on disk, one file a sound, so that a long film is decoded once. A sound is known by
/// its content: XXH64 and size of all bytes of its file. That is read at the speed of the disk
/// (SHA-256 would take longer than drawing a WAV file anew), and a forged collision could only draw
/// a wrong curve. Files that are damaged or of another version are passed over and written anew. A
/// failure here is never one of the caller: without a usable folder nothing is kept. Any thread,
/// any number of processes.
class WaveformCache {
public:
    /// Sounds shorter than this are not worth a file.
    static constexpr std::int64_t kLeastSamples = std::int64_t{1} << 20;
    /// The files of the folder together; the ones that were used longest ago go first.
    static constexpr std::uintmax_t kMaxBytes = std::uintmax_t{256} << 20;

    /// `folder` is made when the first waveform is stored; `userCacheDirectory() / "waveforms"`.
    explicit WaveformCache(std::filesystem::path folder);

    /// Name of a sound's content. NotFound, Io or Cancelled.
    [[nodiscard]] static Result<std::string> keyOf(const std::filesystem::path& sound,
                                                   JobControl& control);
    [[nodiscard]] std::optional<WaveformPyramid> find(const std::string& key) const;
    void store(const std::string& key, const WaveformPyramid& pyramid) const;

private:
    [[nodiscard]] std::filesystem::path fileOf(const std::string& key) const;
    void removeOldest() const;

    std::filesystem::path folder_;
};

} // namespace gesture::audio
