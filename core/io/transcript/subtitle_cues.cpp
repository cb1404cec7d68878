// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/subtitle_cues.h"

#include "core/base/utf8.h"
#include "core/io/transcript/label_builder.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace gesture::io {

namespace {

constexpr std::string_view kArrow = "-->";
constexpr std::size_t kLineCharacters = 42;
constexpr std::int64_t kPauseBetweenCues = 500; ///< Milliseconds.

/// 1 to `most` digits as a number.
std::optional<std::int64_t> digits(std::string_view text, std::size_t most) {
    if (text.empty() || text.size() > most) return std::nullopt;
    std::int64_t value = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9') return std::nullopt;
        value = 10 * value + (digit - '0');
    }
    return value;
}

std::size_t characterCount(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

std::string onOneLine(std::string_view text) {
    std::string line;
    for (const std::string_view word : wordsOf(text)) {
        if (!line.empty()) line += ' ';
        line += word;
    }
    return line;
}

/// Fills the lines of cues with words.
class CueFiller {
public:
    void add(CueWord word) {
        const std::size_t length = characterCount(word.text);
        const bool fits = lineLength_ + 1 + length <= kLineCharacters;
        const bool paused = !cues_.empty() && !cues_.back().empty() &&
                            word.begin - cues_.back().back().end >= kPauseBetweenCues;
        if (cues_.empty() || paused || (!fits && line_ == 2)) {
            cues_.emplace_back();
            line_ = 1;
            lineLength_ = length;
        } else if (!fits) {
            word.startsLine = true;
            line_ = 2;
            lineLength_ = length;
        } else {
            lineLength_ += 1 + length;
        }
        cues_.back().push_back(std::move(word));
    }

    [[nodiscard]] std::vector<std::vector<CueWord>> take() { return std::move(cues_); }

private:
    std::vector<std::vector<CueWord>> cues_;
    int line_ = 1;
    std::size_t lineLength_ = 0;
};

Error badTimeLine(const SourceText& source, const SourceLine& line) {
    return source.error(line.offset,
                        fmt::format("'{}' should be two times such as 00:00:01.000 --> "
                                    "00:00:02.500",
                                    shownText(line.text)));
}

} // namespace

std::string SubtitleCue::text() const {
    std::string joined;
    for (const SourceLine& line : lines) {
        if (!joined.empty()) joined += '\n';
        joined += line.text;
    }
    return joined;
}

std::optional<Seconds> parseClock(std::string_view text) {
    std::int64_t scale = 1;
    std::int64_t fraction = 0;
    if (const std::size_t sign = text.find_first_of(".,"); sign != std::string_view::npos) {
        const std::string_view decimals = text.substr(sign + 1);
        const auto value = digits(decimals, 6);
        if (!value) return std::nullopt;
        fraction = *value;
        for (std::size_t i = 0; i < decimals.size(); ++i)
            scale *= 10;
        text = text.substr(0, sign);
    }
    std::int64_t hours = 0;
    const std::size_t first = text.find(':');
    if (first == std::string_view::npos) return std::nullopt;
    std::size_t second = text.find(':', first + 1);
    if (second != std::string_view::npos) {
        const auto value = digits(text.substr(0, first), 4);
        if (!value) return std::nullopt;
        hours = *value;
        text.remove_prefix(first + 1);
        second -= first + 1;
    } else {
        second = first;
    }
    const auto minutes = digits(text.substr(0, second), 2);
    const auto seconds = digits(text.substr(second + 1), 2);
    if (!minutes || !seconds || *minutes > 59 || *seconds > 59) return std::nullopt;
    const std::int64_t whole = (hours * 60 + *minutes) * 60 + *seconds;
    // One division rounds as reading the decimal number would.
    return Seconds{static_cast<double>(whole * scale + fraction) / static_cast<double>(scale)};
}

std::optional<CueTimes> parseTimeLine(std::string_view line) {
    const std::size_t arrow = line.find(kArrow);
    if (arrow == std::string_view::npos) return std::nullopt;
    std::string_view after = trimmed(line.substr(arrow + kArrow.size()));
    after = after.substr(0, after.find_first_of(" \t"));
    const auto begin = parseClock(trimmed(line.substr(0, arrow)));
    const auto end = parseClock(after);
    if (!begin || !end) return std::nullopt;
    return CueTimes{*begin, *end};
}

bool isTimeLine(std::string_view line) { return parseTimeLine(line).has_value(); }

bool hasArrow(std::string_view line) { return line.find(kArrow) != std::string_view::npos; }

Result<SubtitleCue> readCue(const SourceText& source, const SourceLine& timeLine, LineReader& lines,
                            CueEnd cueEnd) {
    const auto times = parseTimeLine(timeLine.text);
    if (!times) return badTimeLine(source, timeLine);
    SubtitleCue cue{times->begin, times->end, timeLine.offset, {}};
    std::size_t bytes = 0;
    while (const auto line = lines.next()) {
        if (cueEnd == CueEnd::BlankLine ? line->isBlank() : line->text.empty()) break;
        bytes += line->text.size() + 1;
        if (bytes > kMaxTextBytes)
            return source.error(line->offset, "the text of this cue is longer than 1 MiB",
                                ErrorCode::LimitExceeded);
        cue.lines.push_back(*line);
    }
    return cue;
}

std::vector<std::vector<CueWord>> groupIntoCues(const audio::Transcript& transcript) {
    CueFiller filler;
    std::int64_t reached = 0;
    for (const audio::TimedLabel& word : transcript.words) {
        if (word.isPause()) continue;
        const std::int64_t begin =
            std::max<std::int64_t>(std::llround(word.begin.value * 1000.0), reached);
        const std::int64_t end =
            std::max<std::int64_t>(std::llround(word.end.value * 1000.0), begin + 1);
        filler.add({onOneLine(word.text), begin, end, false});
        reached = end;
    }
    return filler.take();
}

std::string clockText(std::int64_t milliseconds, char sign) {
    return fmt::format("{:02}:{:02}:{:02}{}{:03}", milliseconds / 3600000,
                       milliseconds / 60000 % 60, milliseconds / 1000 % 60, sign,
                       milliseconds % 1000);
}

} // namespace gesture::io
