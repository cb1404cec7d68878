// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/services/playback_clock.h"
#include "core/audio/audio_file.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace gesture::app {

/// Samples of an open sound in the order in which they are to be heard: resampled to the device's
/// rate (cubic interpolation), faster or slower with the pitch, repeated, silent outside of the
/// file. One thread at a time.
class SoundStream {
public:
    static constexpr int kChannels = 2;

    /// `deviceRate` in Hz.
    SoundStream(audio::AudioReader reader, int deviceRate);

    [[nodiscard]] int deviceRate() const { return deviceRate_; }
    /// Starts a new order; its rate must be positive.
    void restart(const PlayOrder& order);
    /// Next samples, (frames, 2) interleaved, -1..1. Silence after the end.
    void render(std::span<float> out);

private:
    using Frame = std::array<float, kChannels>;

    /// Sample of the file; silence outside. Fast when called with rising positions.
    [[nodiscard]] Frame frameAt(std::int64_t index);
    void load(std::int64_t index);
    [[nodiscard]] Frame interpolated(double position);

    audio::AudioReader reader_;
    int deviceRate_;
    PlayOrder order_;
    std::int64_t rendered_ = 0;
    std::int64_t blockStart_ = 0;
    std::int64_t nextRead_ = 0; ///< Where the reader stands.
    std::vector<Frame> block_;
    std::vector<float> decoded_;
};

} // namespace gesture::app
