// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/models/networks/hubert.h"

#include <cstdint>

namespace gesture::models {

/// What a generator wants of a recording.
struct HubertSpeechRequest {
    /// Motion frames to stretch the features over, the first to the first and the last to the last:
    /// `referenceFrameCount` for networks that were trained with the reference's pipeline, else the
    /// clip's own number of frames.
    std::int64_t frames = 0;
    /// The block whose output is the second, "low" stream (EchoMask: 11); 0 for none.
    std::int64_t middleBlock = 0;
    /// (width, channels): both streams are multiplied by it; undefined: left as they are.
    at::Tensor projection = {};
};

/// Speech as generators take it, a row a motion frame.
struct SpeechStreams {
    at::Tensor high; ///< (frames, channels): the last hidden state.
    at::Tensor low;  ///< (frames, channels): of the middle block; undefined when none was wanted.
};

/// Motion frames that the reference's pipeline gives a recording of so many samples at 16 kHz (in
/// its path by way of 22,050 Hz): samples / 533, rounded down. That is 30.0188 frames a second,
/// one frame in 53 s more than 30 of them.
[[nodiscard]] std::int64_t referenceFrameCount(std::int64_t samples16k);

/// Runs HuBERT over a whole recording as the reference does (EchoMask's
/// `get_hubert_from_16k_speech_long`, in one run for both streams): the samples are normalised as
/// one; pieces of 1000 frames (320,000 samples and the 80 after them) are heard apart, the rest, if
/// it is enough for a frame, after them; the frames are then interpolated linearly and projected.
/// `samples` (samples), on the network's device, as if at 16 kHz (`SpeechSignals::encoderInput`);
/// what is not a number counts as 0. Blocks; progress and stop after each transformer block. Holds
/// all frames, width x 4 bytes each and stream. InvalidInput when there are too few samples for a
/// frame (400); Usage when no frames are asked for or block and projection do not fit the network;
/// Cancelled.
[[nodiscard]] Result<SpeechStreams> hubertSpeech(const Hubert& network, const at::Tensor& samples,
                                                 const HubertSpeechRequest& request,
                                                 JobControl& control);

} // namespace gesture::models
