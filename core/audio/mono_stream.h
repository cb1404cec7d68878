// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/audio_file.h"
#include "core/base/job.h"

#include <functional>
#include <span>
#include <string>

namespace gesture::audio {

/// Takes the next samples; an error ends the reading.
using MonoVisitor = std::function<Status(std::span<const float>)>;

/// Reads a sound from where the reader stands to its end, as the mean of all channels, block by
/// block in order. Reports samples under the name `stage`. Cancelled, the visitor's error, or what
/// broke the reading off.
[[nodiscard]] Status readMonoBlocks(AudioReader& reader, JobControl& control,
                                    const std::string& stage, const MonoVisitor& visit);

/// Means of `channels` interleaved channels: (samples, channels) to (samples).
void mixToMono(std::span<const float> interleaved, int channels, std::span<float> mono);

} // namespace gesture::audio
