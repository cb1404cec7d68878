// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/beat_times.h"

#include "core/audio/features/onset.h"

#include <algorithm>
#include <fmt/format.h>

namespace gesture::audio {

namespace {

constexpr int kRate = 16000;
constexpr int kFps = 30;
constexpr std::int64_t kMargin = 32000; ///< 2 s

} // namespace

SampleRange beatSlice(std::int64_t sampleCount, std::int64_t motionFrames, BeatProtocol protocol) {
    const auto frames = static_cast<double>(motionFrames);
    const auto legacyCut = static_cast<std::int64_t>(static_cast<double>(kRate) / kFps * frames);
    const auto evalToolsEnd = static_cast<std::int64_t>((frames - 2 * kFps) / kFps * kRate);
    const std::int64_t end = protocol == BeatProtocol::Legacy
                                 ? std::min(legacyCut, sampleCount - kMargin)
                                 : std::min(evalToolsEnd, sampleCount);
    return {{kMargin}, {std::max(kMargin, end)}};
}

Result<std::vector<double>> audioBeatTimes(const Sound& speech, std::int64_t motionFrames,
                                           BeatProtocol protocol, JobControl& control) {
    if (speech.sampleRate != kRate)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Beat consistency is taken at 16,000 Hz, this sound has {} Hz: "
                                 "resample it first.",
                                 speech.sampleRate)};
    const auto slice =
        beatSlice(static_cast<std::int64_t>(speech.samples.size()), motionFrames, protocol);
    if (slice.length() == 0) return std::vector<double>{};
    const Sound part{
        kRate,
        {speech.samples.begin() + slice.begin.value, speech.samples.begin() + slice.end.value}};
    const auto onsets = onsetFrames(part, control);
    if (!onsets) return Error(onsets.error());
    std::vector<double> times(onsets->size());
    std::transform(onsets->begin(), onsets->end(), times.begin(), [](std::int64_t frame) {
        return static_cast<double>(frame) * MelOptions{}.hop / kRate;
    });
    return times;
}

} // namespace gesture::audio
