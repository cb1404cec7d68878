// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/sound_clock.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace gesture::app {

namespace {

constexpr double kRingSeconds = 0.4;
constexpr std::size_t kBlockSamples = 1024 * SoundStream::kChannels;
constexpr std::chrono::milliseconds kFeedPause{10};
constexpr double kStallSeconds = 1.0;
constexpr double kLongestStart = 4.0; ///< Wireless devices take their time.
constexpr double kJitterSeconds = 0.025;

} // namespace

SoundClock::SoundClock(std::unique_ptr<SoundOutput> output, audio::AudioReader reader,
                       NowFunction now)
    : output_(std::move(output))
    , stream_(std::move(reader), output_->sampleRate())
    , now_(std::move(now))
    , ring_(static_cast<std::size_t>(output_->sampleRate() * kRingSeconds) * SoundStream::kChannels)
    , block_(kBlockSamples) {}

SoundClock::~SoundClock() { stop(); }

void SoundClock::start(const PlayOrder& order) {
    stop();
    order_ = order;
    stream_.restart(order);
    ring_.clear();
    fillRing();
    smoother_.reset();
    lastHeard_ = 0;
    lastMoved_ = now_();
    stalled_ = false;
    feeder_ = std::jthread([this](const std::stop_token& stop) { feed(stop); });
    output_->start([this](std::span<float> out) {
        const std::size_t count = ring_.read(out);
        const float gain = gain_.load(std::memory_order_relaxed);
        for (float& sample : out.first(count)) {
            sample *= gain;
        }
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(count), out.end(), 0.0F);
        return count;
    });
}

void SoundClock::stop() {
    output_->stop();
    if (feeder_.joinable()) {
        feeder_.request_stop();
        feeder_.join();
    }
}

PlayReading SoundClock::read(Seconds ahead) {
    const double now = now_();
    const double heard = output_->secondsHeard();
    // A device that hangs may still go to and fro by what it reckons between two measurements.
    if (heard > lastHeard_ + kJitterSeconds) {
        lastHeard_ = heard;
        lastMoved_ = now;
    }
    stalled_ = now - lastMoved_ > (lastHeard_ > 0 ? kStallSeconds : kLongestStart);
    if (heard <= 0) return positionAfter(order_, 0);
    return positionAhead(order_, smoother_.smooth(heard, now), ahead);
}

bool SoundClock::healthy() const { return output_->healthy() && !stalled_; }

void SoundClock::fillRing() {
    while (ring_.room() >= block_.size()) {
        stream_.render(block_);
        ring_.write(block_);
    }
}

void SoundClock::feed(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        fillRing();
        wake.wait_for(lock, stop, kFeedPause, [] { return false; });
    }
}

} // namespace gesture::app
