// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace gesture::io {

/// Whether a tier (or a kind of label) of this name holds words: "words", "word", "transcript",
/// "ORT-MAU", …, also with a speaker in front as the Montreal Forced Aligner writes it
/// ("Anna - words"). Without regard to case.
[[nodiscard]] bool isWordTierName(std::string_view name);

/// The same for phones: "phones", "phonemes", "MAU", …
[[nodiscard]] bool isPhoneTierName(std::string_view name);

} // namespace gesture::io
