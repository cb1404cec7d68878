// SPDX-License-Identifier: Apache-2.0
#include "core/audio/frame_loudness.h"

#include "core/audio/mono_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gesture::audio {

namespace {
constexpr std::size_t kMaxFrames = std::size_t{1} << 24;
} // namespace

FrameLoudness::FrameLoudness(int sampleRate, FrameRate rate)
    : samplesPerFrame_(sampleRate / rate.perSecond())
    , end_(endOf(0)) {}

std::size_t FrameLoudness::frameOf(std::int64_t position) const {
    return static_cast<std::size_t>(static_cast<double>(position) / samplesPerFrame_);
}

std::int64_t FrameLoudness::endOf(std::size_t frame) const {
    auto end = static_cast<std::int64_t>(static_cast<double>(frame + 1) * samplesPerFrame_);
    while (frameOf(end) > frame && end > 0)
        --end;
    while (frameOf(end) <= frame)
        ++end;
    return end;
}

void FrameLoudness::closeFrame(std::size_t next) {
    loudness_.resize(next);
    if (count_ > 0)
        loudness_[frame_] = static_cast<float>(std::sqrt(energy_ / static_cast<double>(count_)));
    frame_ = next;
    end_ = endOf(next);
    energy_ = 0;
    count_ = 0;
}

Status FrameLoudness::push(std::span<const float> mono) {
    while (!mono.empty()) {
        if (position_ >= end_) closeFrame(frameOf(position_));
        if (frame_ >= kMaxFrames)
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("The sound lasts longer than {} frames: cut it into parts.",
                                     kMaxFrames)};
        const auto run = std::min(static_cast<std::size_t>(end_ - position_), mono.size());
        for (const float sample : mono.first(run))
            energy_ += static_cast<double>(sample) * sample;
        count_ += static_cast<std::int64_t>(run);
        position_ += static_cast<std::int64_t>(run);
        mono = mono.subspan(run);
    }
    return Status::success();
}

std::vector<float> FrameLoudness::finish() {
    if (count_ > 0) closeFrame(frame_ + 1);
    return std::move(loudness_);
}

Result<std::vector<float>> frameLoudness(const std::filesystem::path& path, FrameRate rate,
                                         JobControl& control) {
    auto reader = AudioReader::open(path);
    if (!reader) return std::move(reader).error();
    FrameLoudness loudness(reader->info().sampleRate, rate);
    auto read = readMonoBlocks(*reader, control, "Reading sound",
                               [&](std::span<const float> mono) { return loudness.push(mono); });
    if (!read) return std::move(read).error();
    return loudness.finish();
}

} // namespace gesture::audio
