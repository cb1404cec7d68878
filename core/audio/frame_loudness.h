// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace gesture::audio {

/// Loudness per motion frame: RMS over [i, i+1) / rate of a mono sound that comes in pieces; 0..1.
/// One thread.
class FrameLoudness {
public:
    FrameLoudness(int sampleRate, FrameRate rate);

    /// LimitExceeded beyond 2^24 frames (six days at 30 per second).
    [[nodiscard]] Status push(std::span<const float> mono);
    /// One value a frame that holds a sample or lies before one. The object is spent then.
    [[nodiscard]] std::vector<float> finish();

private:
    [[nodiscard]] std::size_t frameOf(std::int64_t position) const;
    [[nodiscard]] std::int64_t endOf(std::size_t frame) const;
    void closeFrame(std::size_t next);

    double samplesPerFrame_;
    std::int64_t position_ = 0;
    std::size_t frame_ = 0; ///< The open one.
    std::int64_t end_;      ///< First sample after it.
    double energy_ = 0;
    std::int64_t count_ = 0;
    std::vector<float> loudness_; ///< Frames before the open one.
};

/// Of the mean of all channels of a file. Blocks; Cancelled, or the reader's errors.
[[nodiscard]] Result<std::vector<float>> frameLoudness(const std::filesystem::path& path,
                                                       FrameRate rate, JobControl& control);

} // namespace gesture::audio
