// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/audio_file.h"
#include "core/audio/waveform_pyramid.h"

#include <filesystem>
#include <vector>

namespace gesture::app {

/// A sound that was opened: immutable, shared as shared_ptr<const AudioTrack>, any thread.
struct AudioTrack {
    std::filesystem::path path;
    audio::AudioInfo info; ///< Its length is counted, never a claim.
    audio::WaveformPyramid waveform;
    std::vector<float> loudness; ///< RMS per motion frame, 0..1.
};

} // namespace gesture::app
