// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/counter_random.h"
#include "training/corpus/synthesiser.h"

namespace gesture::training {

/// Speech of one clip: 14 sentences with pauses between them. Everything that is drawn comes from
/// `random`. The synthesiser's errors.
[[nodiscard]] Result<SpeechSound> makeClipSpeech(Synthesiser& synthesiser, const Voice& voice,
                                                 CounterRandom& random);

} // namespace gesture::training
