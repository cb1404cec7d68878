// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/counter_random.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/gestures/events.h"
#include "core/gestures/mouth.h"
#include "core/gestures/speaker_style.h"
#include "core/gestures/spoken.h"
#include "core/motion/clip.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace gesture::gestures {

/// What a body is to do.
struct BodyScore {
    std::span<const GestureEvent> events; ///< Timed, in order.
    std::span<const TimeSpan> sentences;  ///< For the weight shifts.
    std::span<const FacePose> faces;      ///< One a frame; their number is the clip's length.
    SpeakerStyle style;
    CounterRandom random = CounterRandom(0); ///< For steps.
};

/// A whole motion at 30 frames a second and what is known of it.
struct MadeMotion {
    motion::Clip clip; ///< On the average skeleton; feet on y = 0; expressions "arkit52".
    std::vector<std::array<bool, 2>> planted; ///< Which feet stand, by Side; one a frame.
};

/// Poses the whole body, frame by frame, without anything that the score does not say (see
/// `addIdleMotion`). Hands and forearms that would enter the body, or each other, are led around.
/// Usage without frames; Cancelled.
[[nodiscard]] Result<MadeMotion> makeBody(const BodyScore& score, JobControl& control);

} // namespace gesture::gestures
