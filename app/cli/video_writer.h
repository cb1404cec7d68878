// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/atomic_file.h"
#include "core/base/process.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>

namespace gesture::app {

/// What a video file is to be.
struct VideoSettings {
    int width = 1280; ///< Even, as 4:2:0 video demands.
    int height = 720;
    FrameRate rate;
    std::filesystem::path audio; ///< Sound or video file with sound; empty: silent.
    Seconds audioStart;          ///< Where in the sound the first picture is.
    std::int64_t frames = 0;     ///< Cuts the sound to the pictures' length.
};

/// Writes MP4 (H.264 + AAC) or WebM (VP9 + Opus), by the extension, with the `ffmpeg` program.
/// The file takes its name only in `finish`; a writer that is dropped leaves nothing. Single
/// thread.
class VideoWriter {
public:
    /// Unavailable when ffmpeg is missing, Usage for another extension or an odd size.
    [[nodiscard]] static Result<VideoWriter> start(const std::filesystem::path& target,
                                                   const VideoSettings& settings);

    /// Appends one picture: RGBA, width × height × 4 bytes, top row first.
    [[nodiscard]] Status append(std::span<const std::byte> rgba);

    /// Ends the stream, waits for ffmpeg, and names the file.
    [[nodiscard]] Status finish();

private:
    VideoWriter(AtomicFile file, Process process)
        : file_(std::move(file))
        , process_(std::move(process)) {}
    [[nodiscard]] Error failure() const;

    AtomicFile file_;
    Process process_;
};

} // namespace gesture::app
