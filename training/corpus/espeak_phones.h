// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gesture::training {

/// ARPABET (lower case, as flite names phones) of one of eSpeak NG's English phonemes; "pau" for
/// its pauses, and what comes nearest for sounds that ARPABET lacks. Unknown ones are "ax".
[[nodiscard]] std::string arpabetOfEspeak(std::string_view mnemonic);

} // namespace gesture::training
