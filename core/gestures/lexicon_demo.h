// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/gestures/body_maker.h"
#include "core/gestures/events.h"
#include "core/gestures/speaker_style.h"

#include <vector>

namespace gesture::gestures {

/// Every gesture of the lexicon, one after the other, for people to look at.
struct LexiconDemo {
    MadeMotion motion;
    std::vector<GestureEvent> events; ///< One for each gesture, in their order.
};

/// Blocks for about a second. Cancelled.
[[nodiscard]] Result<LexiconDemo> makeLexiconDemo(const SpeakerStyle& style, JobControl& control);

} // namespace gesture::gestures
