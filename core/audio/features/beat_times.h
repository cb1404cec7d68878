// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <cstdint>
#include <vector>

namespace gesture::audio {

/// The two codes that compute beat consistency cut the sound differently.
enum class BeatProtocol {
    /// The trainers of EMAGE, SemTalk and EchoMask. The sound is cut to the motion's length, then
    /// from 2 s on to 2 s before the end of the *whole* sound, which hardly cuts anything more.
    /// `speech` comes by way of 22,050 Hz (SpeechPath::Reference).
    Legacy,
    /// PantoMatrix's emage_evaltools: from 2 s on to 2 s before the end of the motion. `speech`
    /// comes straight from the file's rate.
    EvalTools,
};

/// Samples of a sound at 16 kHz that beat consistency listens to; begin <= end.
[[nodiscard]] SampleRange beatSlice(std::int64_t sampleCount, std::int64_t motionFrames,
                                    BeatProtocol protocol);

/// Onsets of speech in seconds from the start of the slice, for beat consistency with a motion of
/// `motionFrames` frames at 30 a second. `speech` is at 16 kHz, else InvalidInput. Empty when the
/// slice is. Cancelled.
[[nodiscard]] Result<std::vector<double>> audioBeatTimes(const Sound& speech,
                                                         std::int64_t motionFrames,
                                                         BeatProtocol protocol,
                                                         JobControl& control);

} // namespace gesture::audio
