// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/corpus/synthesiser.h"

#include <span>
#include <vector>

namespace gesture::training {

/// What clips of a speaker are for.
enum class SpeakerUse {
    Train,      ///< Ten speakers of the corpus: train, val and test.
    HeldOut,    ///< Voices that are never trained on: test-voice.
    FurtherOnly ///< More voices in the styles of others: train alone.
};

/// A voice with a way to gesture.
struct Speaker {
    int style = 0; ///< Of gestures::speakerStyles(); ids have one more, as speakers count from 1.
    Voice voice;
    SpeakerUse use = SpeakerUse::Train;
};

/// Ten speakers and sixteen further voices. With flite alone, its voices speak with other pitches
/// and vocal tracts in place of eSpeak NG's; what is made from the held-out voice stays held out.
[[nodiscard]] std::vector<Speaker> corpusSpeakers(bool withEspeak);

} // namespace gesture::training
