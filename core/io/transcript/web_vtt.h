// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/io/transcript/source_text.h"

#include <string>

namespace gesture::io {

/// Whether the text begins with WebVTT's signature.
[[nodiscard]] bool looksLikeWebVtt(const SourceText& source);

/// Reads WebVTT. Settings, notes, styles, regions, voices and other tags are left out; character
/// references are resolved. Times inside a cue's text bound its words; what stands between two
/// times is divided by letters. Captions that roll up (a cue repeats the line that was shown last,
/// as in automatic captions with times inside) give each line once.
[[nodiscard]] Result<audio::Transcript> parseWebVtt(const SourceText& source);

/// Cues with the time of each word inside.
[[nodiscard]] std::string formatWebVtt(const audio::Transcript& transcript);

} // namespace gesture::io
