// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/services/playback_clock.h"
#include "app/studio/services/sample_ring.h"
#include "app/studio/services/sound_output.h"
#include "app/studio/services/sound_stream.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace gesture::app {

/// Plays a sound and tells the time by what has been heard: the master clock. A thread of its own
/// decodes into a ring, from which the device's thread takes. GUI thread.
class SoundClock final : public PlaybackClock {
public:
    SoundClock(std::unique_ptr<SoundOutput> output, audio::AudioReader reader, NowFunction now);
    ~SoundClock() override;

    void start(const PlayOrder& order) override;
    void stop() override;
    [[nodiscard]] PlayReading read(Seconds ahead) override;
    /// Also false when the device has not moved for a second, or not begun for four.
    [[nodiscard]] bool healthy() const override;

    /// Loudness factor 0..1, at once.
    void setGain(float gain) { gain_.store(gain, std::memory_order_relaxed); }

private:
    void fillRing();
    void feed(const std::stop_token& stop);

    std::unique_ptr<SoundOutput> output_;
    SoundStream stream_;
    NowFunction now_;
    SampleRing ring_;
    std::vector<float> block_;
    std::atomic<float> gain_{1.0F};
    ClockSmoother smoother_;
    PlayOrder order_;
    double lastHeard_ = 0;
    double lastMoved_ = 0;
    bool stalled_ = false;
    std::jthread feeder_;
};

} // namespace gesture::app
