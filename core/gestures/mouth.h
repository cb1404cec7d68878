// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/gestures/events.h"
#include "core/gestures/spoken.h"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace gesture::gestures {

/// How the mouth stands, each 0..1.
struct MouthPose {
    double open = 0.0;
    double round = 0.0;
    double closed = 0.0; ///< Lips pressed together.
    double wide = 0.0;
};

/// That of a phone (ARPABET, lower case).
[[nodiscard]] MouthPose visemeOf(std::string_view phone);

/// Mouth poses of the phones, blended as lips do, one a frame.
[[nodiscard]] std::vector<MouthPose> mouthOfPhones(std::span<const SpokenPhone> phones,
                                                   std::size_t frames);

/// The same where no phones are known: open as the sound is loud.
[[nodiscard]] std::vector<MouthPose> mouthOfLoudness(std::span<const double> loudness);

/// How loud the voice is in each frame, 0 .. 1.2 of a usual voice, smoothed.
[[nodiscard]] std::vector<double> voiceLoudness(const audio::Sound& sound, std::size_t frames);

/// A face in a frame: pitch of the jaw joint (radians) and ARKit's 52 units in alphabetical order.
struct FacePose {
    float jaw = 0.0F;
    std::array<float, 52> units{};
};

/// Mouths as the free avatar shows them, and brows that rise with the gestures.
[[nodiscard]] std::vector<FacePose> facePoses(std::span<const MouthPose> mouths,
                                              std::span<const double> loudness,
                                              std::span<const GestureEvent> events);

} // namespace gesture::gestures
