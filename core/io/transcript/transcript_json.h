// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/io/transcript/source_text.h"

#include <string>

namespace gesture::io {

/// Whether the text begins like a JSON object or array.
[[nodiscard]] bool looksLikeJson(const SourceText& source);

/// Reads these layouts (see docs/formats.md); unknown keys are skipped:
///   {"format": "gesture-transcript", "version": 1, "language", "duration", "words", "phones"}
///   {"words": […]}: labels with "text" or "word", "begin" or "start", "end", "confidence",
///     "score" or "probability"
///   {"segments": [{"text", "start", "end", "words": […]}]}: WhisperX and Whisper; words without
///     times are interpolated (see `addJsonSegment`)
///   […]: labels or segments without an object around them
/// InvalidInput for other JSON, and for a version that this program does not know.
[[nodiscard]] Result<audio::Transcript> parseTranscriptJson(const SourceText& source);

/// The project's own layout, a label a line.
[[nodiscard]] std::string formatTranscriptJson(const audio::Transcript& transcript);

} // namespace gesture::io
