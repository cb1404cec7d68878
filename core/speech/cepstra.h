// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/speech/gaussian_mixtures.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace gesture::speech {

/// Rate of the sound that the model was trained on, in Hz.
inline constexpr int kSpeechRate = 16000;
/// Samples from one frame to the next: 10 ms.
inline constexpr int kFrameStep = 160;

using Cepstrum = std::array<float, kStreamWidth>;

/// What a speech model hears of a sound: 13 cepstra each 10 ms, levelled against the microphone and
/// the room (the mean over half a minute on either side is taken off, in which pauses count less).
/// Value type.
class Cepstra {
public:
    /// Analyses 16 kHz mono as the model in `acousticFolder` wants it (its feat.params). Cancelled;
    /// InvalidInput for another rate.
    [[nodiscard]] static Result<Cepstra> compute(const audio::Sound& sound,
                                                 const std::filesystem::path& acousticFolder,
                                                 JobControl& control);

    [[nodiscard]] std::int64_t frameCount() const {
        return static_cast<std::int64_t>(frames_.size());
    }
    [[nodiscard]] const Cepstrum& frame(std::int64_t index) const {
        return frames_[static_cast<std::size_t>(index)];
    }
    /// Cepstra, their slope and the slope's slope at a frame; the ends are repeated.
    [[nodiscard]] FrameFeatures features(std::int64_t index) const;

private:
    std::vector<Cepstrum> frames_;
};

/// Time at which a frame begins to sound: the middle of its 25.6 ms window, less half a step.
[[nodiscard]] Seconds timeOfFrame(std::int64_t frame);

} // namespace gesture::speech
