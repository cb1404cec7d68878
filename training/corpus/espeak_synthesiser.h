// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/corpus/synthesiser.h"

#include <memory>

namespace gesture::training {

/// The voices of eSpeak NG, spoken by the program `gesture-corpus-espeak`, which alone links that
/// library (its licence is the GPL). Unavailable when the program is not there or does not start.
[[nodiscard]] Result<std::unique_ptr<Synthesiser>> startEspeakSynthesiser();

/// Whether that program is there.
[[nodiscard]] bool espeakIsInstalled();

} // namespace gesture::training
