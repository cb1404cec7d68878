// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/sound_stream.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr std::int64_t kBlockFrames = 4096;
constexpr std::int64_t kKeptFrames = 8; ///< Frames before a block that interpolation may need.

/// Catmull-Rom spline through b and c.
float cubic(float a, float b, float c, float d, float t) {
    return b +
           0.5F * t *
               (c - a + t * (2.0F * a - 5.0F * b + 4.0F * c - d + t * (3.0F * (b - c) + d - a)));
}

} // namespace

SoundStream::SoundStream(audio::AudioReader reader, int deviceRate)
    : reader_(std::move(reader))
    , deviceRate_(deviceRate) {}

void SoundStream::restart(const PlayOrder& order) {
    order_ = order;
    rendered_ = 0;
}

void SoundStream::render(std::span<float> out) {
    const double fileRate = reader_.info().sampleRate;
    const auto frames = static_cast<std::int64_t>(out.size() / kChannels);
    for (std::int64_t i = 0; i < frames; ++i) {
        const double elapsed = static_cast<double>(rendered_ + i) / deviceRate_;
        const PlayReading reading = positionAfter(order_, elapsed);
        const Frame frame =
            reading.ended ? Frame{} : interpolated(reading.position.value * fileRate);
        std::copy(frame.begin(), frame.end(), out.begin() + i * kChannels);
    }
    rendered_ += frames;
}

SoundStream::Frame SoundStream::interpolated(double position) {
    if (!(position > -2) || position > static_cast<double>(reader_.info().sampleCount)) return {};
    const auto index = static_cast<std::int64_t>(std::floor(position));
    const auto part = static_cast<float>(position - static_cast<double>(index));
    const Frame a = frameAt(index - 1);
    const Frame b = frameAt(index);
    if (part == 0.0F) return b;
    const Frame c = frameAt(index + 1);
    const Frame d = frameAt(index + 2);
    Frame result{};
    for (std::size_t channel = 0; channel < kChannels; ++channel) {
        result[channel] =
            std::clamp(cubic(a[channel], b[channel], c[channel], d[channel], part), -1.0F, 1.0F);
    }
    return result;
}

SoundStream::Frame SoundStream::frameAt(std::int64_t index) {
    if (index < 0 || index >= reader_.info().sampleCount) return {};
    const auto held = static_cast<std::int64_t>(block_.size());
    if (index < blockStart_ || index >= blockStart_ + held) load(index);
    const std::int64_t offset = index - blockStart_;
    const bool loaded = offset >= 0 && offset < static_cast<std::int64_t>(block_.size());
    return loaded ? block_[static_cast<std::size_t>(offset)] : Frame{};
}

void SoundStream::load(std::int64_t index) {
    const std::int64_t blockEnd = blockStart_ + static_cast<std::int64_t>(block_.size());
    if (index == blockEnd && nextRead_ == blockEnd) {
        // Going on: keep the last frames, which the interpolation still asks for.
        const auto kept =
            std::min<std::int64_t>(kKeptFrames, static_cast<std::int64_t>(block_.size()));
        block_.erase(block_.begin(), block_.end() - kept);
        blockStart_ = blockEnd - kept;
    } else {
        const std::int64_t start = std::max<std::int64_t>(index - kKeptFrames, 0);
        block_.clear();
        blockStart_ = start;
        nextRead_ = start;
        if (!reader_.seek({start}).ok()) return;
    }
    const auto channels = static_cast<std::size_t>(reader_.info().channels);
    decoded_.resize(static_cast<std::size_t>(kBlockFrames) * channels);
    const std::int64_t read = reader_.read(decoded_);
    for (std::int64_t i = 0; i < read; ++i) {
        const float* samples = decoded_.data() + static_cast<std::size_t>(i) * channels;
        block_.push_back({samples[0], samples[channels > 1 ? 1 : 0]});
    }
    nextRead_ += read;
}

} // namespace gesture::app
