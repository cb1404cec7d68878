// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/transcript/source_text.h"
#include "core/io/transcript/transcript_file.h"

#include <string>

namespace gesture::io {

/// Whether the text begins like a TextGrid, or like another of Praat's text files.
[[nodiscard]] bool looksLikeTextGrid(const SourceText& source);

/// Reads Praat's text form, long or short. Words: the tier that `options` names, else the first
/// one with a known name (see `isWordTierName`), else the first that is not the phones'. Labels
/// keep their text to the letter, blank ones included. Point tiers are left out; InvalidInput when
/// there is no tier of intervals for the words.
[[nodiscard]] Result<audio::Transcript> parseTextGrid(const SourceText& source,
                                                      const TranscriptReadOptions& options);

/// The long text form with complete tiers "words" and, if there are any, "phones": blank intervals
/// fill the gaps, and the last ends with the duration. InvalidInput without labels and duration:
/// Praat has no empty time domain.
[[nodiscard]] Result<std::string> formatTextGrid(const audio::Transcript& transcript);

} // namespace gesture::io
