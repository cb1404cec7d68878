// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/io/transcript/source_text.h"

#include <string>

namespace gesture::io {

/// Whether the first line that is not blank has a cue's times, or is a number and the next has
/// them.
[[nodiscard]] bool looksLikeSubRip(const SourceText& source);

/// Reads SubRip subtitles. Marks for the eye (<i>, {\an8}) are left out. A cue's time is divided
/// between its words by letters. InvalidInput for a file without cues.
[[nodiscard]] Result<audio::Transcript> parseSubRip(const SourceText& source);

[[nodiscard]] std::string formatSubRip(const audio::Transcript& transcript);

} // namespace gesture::io
