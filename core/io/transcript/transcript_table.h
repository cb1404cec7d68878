// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/io/transcript/source_text.h"

#include <string>

namespace gesture::io {

/// Whether the first line names the columns of a transcript, with commas, semicolons or tabs.
[[nodiscard]] bool looksLikeTranscriptTable(const SourceText& source);

/// Reads a table with a header row. Columns in any order, without regard to case:
///   begin, start, onset, tmin, xmin        seconds
///   end, stop, offset, tmax, xmax          seconds; or duration
///   text, word, label, token               texts in quotes may hold commas, "" and ends of lines
///   confidence, score, probability         may be absent, and empty in a row
///   type, tier                             words or phones (see `isWordTierName`); may be absent
/// Others are skipped. InvalidInput names the line, for decimal commas too.
[[nodiscard]] Result<audio::Transcript> parseTranscriptTable(const SourceText& source);

/// Columns begin, end, text, confidence, and type when there are phones.
[[nodiscard]] std::string formatTranscriptTable(const audio::Transcript& transcript,
                                                char separator);

} // namespace gesture::io
