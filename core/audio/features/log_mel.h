// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/features/mel.h"

namespace gesture::audio {

/// How `speechLogMel` sees speech; part of the networks that were trained on it.
struct SpeechLogMel {
    static constexpr int kSampleRate = 16'000;
    static constexpr int kFramesPerSecond = 50;
    static constexpr int kBands = 80;
    static constexpr float kSmallestPower = 1e-10F;
    /// Natural logarithms are lifted to the clip's largest minus this (61 dB).
    static constexpr float kRange = 14.0F;
    /// Added to a band's standard deviation.
    static constexpr double kSmallestDeviation = 1e-3;
};

/// The input of the small speech encoder, (frames, 80) at 50 frames a second: natural logarithm of
/// the powers of 80 mel bands of height 1 from 20 to 7600 Hz (Hann window of 25 ms, FFT of 512,
/// frame k centred on k / 50 s), lifted to the clip's largest value minus 14; then each band with
/// mean 0 and variance 1 over the clip. So neither loudness nor the microphone's spectrum matters.
/// A band that never changes is 0. `speech` is at 16 kHz. 1 + samples / 320 frames. InvalidInput at
/// other rates and for no samples; Cancelled.
[[nodiscard]] Result<MelSpectrogram> speechLogMel(const Sound& speech, JobControl& control);

} // namespace gesture::audio
