// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/edit_mask.h"
#include "core/inference/results.h"

#include <string>
#include <vector>

namespace gesture::inference {

/// Which masks a generator met while it was trained (the papers' training programs).
struct MaskTraining {
    std::string model; ///< As people call it: "EchoMask".
    /// Whole frames with motion on both sides were masked, so many of 64 at most; 0: never.
    int wholeFrames = 0;
    /// Single channels were masked at random within visible frames.
    bool singleChannels = false;

    bool operator==(const MaskTraining&) const = default;
};

[[nodiscard]] MaskTraining semTalkMaskTraining();
[[nodiscard]] MaskTraining echoMaskMaskTraining();
[[nodiscard]] MaskTraining emageMaskTraining();

/// How near a mask is to those of the training.
enum class MaskFit {
    Trained, ///< Such masks were met.
    Related, ///< Between kinds of masks that were met.
    Unseen,  ///< Outside: the result may be worse than elsewhere.
};

struct MaskJudgement {
    MaskFit fit = MaskFit::Trained; ///< Of the worst part of the mask.
    std::vector<Note> notes;        ///< Sentences for people, the worst first; none without a mask.
};

/// Holds a mask against a generator's training. Frames are at 30 a second.
[[nodiscard]] MaskJudgement judgeMask(const EditMask& mask, const MaskTraining& training);

} // namespace gesture::inference
