// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/transcript/transcript_file.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace gesture::fuzz {

/// Parses the input as a file of this name. Aborts when what was read breaks the promises of a
/// transcript, or a refusal is no readable sentence. Then every format must be able to hold what
/// was read: it is written and read again, and the words that are no pauses must be as many where
/// the format can keep them apart.
void checkTranscript(const std::uint8_t* data, std::size_t size, const std::string& name);

} // namespace gesture::fuzz
