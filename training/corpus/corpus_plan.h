// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/corpus/speakers.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace gesture::training {

/// How long a clip of 14 sentences is about, seconds: what minutes are divided by.
inline constexpr double kClipSeconds = 38.0;

/// One clip to be made.
struct PlannedClip {
    Speaker speaker;
    int number = 1;    ///< 1.. of the first set, 100.. of the second.
    std::string split; ///< train, val, test or test-voice.

    /// "1_slt_0_1_1", as BEAT2 names recordings: speakers count from 1.
    [[nodiscard]] std::string id() const;
};

/// The clips of about `minutes` of motion, in the order in which they are made: any beginning of
/// the list has every speaker in the same shares as the whole. Of each speaker that is trained on,
/// a ninth of the clips is val and a ninth test. 144 minutes are 10 clips of each of the ten
/// speakers, 8 more of the 8 that are trained on, and 4 of each further voice.
[[nodiscard]] std::vector<PlannedClip> planCorpus(double minutes,
                                                  std::span<const Speaker> speakers);

} // namespace gesture::training
