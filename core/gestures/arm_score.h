// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/gestures/arm_control.h"
#include "core/gestures/events.h"
#include "core/gestures/speaker_style.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace gesture::gestures {

/// Frames a second of all motion that is made here.
inline constexpr int kFramesPerSecond = 30;

/// Both arms by Side, frame by frame.
using ArmControls = std::array<std::vector<ArmVector>, 2>;

/// What the arms do over `frames` frames: rest, come home for speech, gesture, and go back to rest
/// in long pauses. `events` are timed (see `timeEvents`).
[[nodiscard]] ArmControls scoreArms(std::span<const GestureEvent> events, const SpeakerStyle& style,
                                    std::size_t frames);

/// An arm at the apex of a lexicon gesture; `side` is the dominant one or, for gestures of both
/// hands, the other.
[[nodiscard]] ArmControl apexOf(std::size_t entry, Side side, const SpeakerStyle& style);

} // namespace gesture::gestures
