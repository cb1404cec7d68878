// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/io/transcript/source_text.h"

#include <string>
#include <string_view>

namespace gesture::io {

/// Whether the first line that is no comment has the columns of a CTM file.
[[nodiscard]] bool looksLikeCtm(const SourceText& source);

/// Reads NIST's time-marked words: "RECORDING CHANNEL BEGIN DURATION WORD [CONFIDENCE …]" a line;
/// comments begin with ";;". InvalidInput for alternatives (<ALT_BEGIN>) and for files of several
/// recordings or channels.
[[nodiscard]] Result<audio::Transcript> parseCtm(const SourceText& source);

/// `recording` stands in the first column; the channel is 1.
[[nodiscard]] std::string formatCtm(const audio::Transcript& transcript,
                                    std::string_view recording);

} // namespace gesture::io
