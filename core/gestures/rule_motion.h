// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/audio/transcript.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/gestures/events.h"
#include "core/gestures/speaker_style.h"
#include "core/motion/clip.h"

#include <cstdint>
#include <vector>

namespace gesture::gestures {

/// Whether motion gets what no speech explains (see `addIdleMotion`).
enum class Liveliness { None, Full };

struct RuleMotionOptions {
    SpeakerStyle style;
    std::uint64_t seed = 0; ///< Of steps and idle motion.
    Liveliness liveliness = Liveliness::Full;
};

/// The gestures that rules find in speech, timed: those of words when `transcript` has any, else
/// beats on the loudest syllables. `speech` is mono. InvalidInput below 1 kHz; Cancelled.
[[nodiscard]] Result<std::vector<GestureEvent>> findGestures(const audio::Sound& speech,
                                                             const audio::Transcript& transcript,
                                                             const RuleMotionOptions& options,
                                                             JobControl& control);

/// Motion for speech by rules alone, without a network: gestures of a lexicon on words that have
/// one, beats on prominent syllables, head, weight shifts, and a mouth from phones or loudness. As
/// long as the sound, 30 frames a second, on the average skeleton, expressions "arkit52". Same
/// input, same motion. Blocks. InvalidInput for sounds below 1 kHz or shorter than a frame;
/// LimitExceeded for those longer than clips may be; Cancelled.
[[nodiscard]] Result<motion::Clip> makeRuleMotion(const audio::Sound& speech,
                                                  const audio::Transcript& transcript,
                                                  const RuleMotionOptions& options,
                                                  JobControl& control);

} // namespace gesture::gestures
