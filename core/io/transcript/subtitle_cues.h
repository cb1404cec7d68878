// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/io/transcript/source_text.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// A cue of a subtitle file as it stands there.
struct SubtitleCue {
    Seconds begin;
    Seconds end;
    std::size_t offset = 0;        ///< Of the line with the times.
    std::vector<SourceLine> lines; ///< Of the text.

    /// The lines with '\n' between them.
    [[nodiscard]] std::string text() const;
};

/// Times with hours, minutes, seconds and a fraction after '.' or ',': "00:01:02,345"; the hours
/// may be missing. Nothing for other text.
[[nodiscard]] std::optional<Seconds> parseClock(std::string_view text);

struct CueTimes {
    Seconds begin;
    Seconds end;
};

/// The times of a line "BEGIN --> END SETTINGS"; nothing for other lines.
[[nodiscard]] std::optional<CueTimes> parseTimeLine(std::string_view line);
[[nodiscard]] bool isTimeLine(std::string_view line);
/// Whether a line is meant to hold times, be they right or wrong.
[[nodiscard]] bool hasArrow(std::string_view line);

/// Reads "BEGIN --> END SETTINGS" and the text lines that follow up to one that is empty (for
/// `blankEnds` also up to one of white space). InvalidInput names the line.
enum class CueEnd { EmptyLine, BlankLine };
[[nodiscard]] Result<SubtitleCue> readCue(const SourceText& source, const SourceLine& timeLine,
                                          LineReader& lines, CueEnd cueEnd);

/// A word for a cue that is written; times in whole milliseconds, begin < end.
struct CueWord {
    std::string text; ///< Without ends of lines, not blank.
    std::int64_t begin = 0;
    std::int64_t end = 0;
    bool startsLine = false; ///< Of the second line of its cue.
};

/// Words as cues: a new cue after a pause of half a second, and where two lines of 42 characters
/// are full. Pauses are left out. Times are rounded to milliseconds and never overlap.
[[nodiscard]] std::vector<std::vector<CueWord>> groupIntoCues(const audio::Transcript& transcript);

/// "HH:MM:SS.mmm" with the given sign before the milliseconds.
[[nodiscard]] std::string clockText(std::int64_t milliseconds, char sign);

} // namespace gesture::io
