// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/features/framing.h"
#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"

namespace gesture::audio {

constexpr float kSilenceDecibels = -100.0F;

/// Loudness in decibels of full scale, 10 log10 of the mean square of `window` samples around
/// every `hop`-th sample (librosa.feature.rms, squared), not below `kSilenceDecibels`. A constant
/// 1 has 0 dB, a full sine -3 dB. Cancelled.
[[nodiscard]] Result<Series> energyDecibels(const Sound& sound, int window, int hop,
                                            JobControl& control);

} // namespace gesture::audio
