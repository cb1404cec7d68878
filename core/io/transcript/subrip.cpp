// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/subrip.h"

#include "core/base/utf8.h"
#include "core/io/transcript/label_builder.h"
#include "core/io/transcript/subtitle_cues.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace gesture::io {

namespace {

bool isLetter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

/// Length of the mark that begins at `at`, 0 if none does: <i>, </font>, {\an8}.
std::size_t markLength(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    if (rest.size() < 3) return 0;
    const bool tag = rest[0] == '<' && (isLetter(rest[1]) || (rest[1] == '/' && isLetter(rest[2])));
    const bool override = rest[0] == '{' && rest[1] == '\\';
    if (!tag && !override) return 0;
    const std::size_t end = rest.find(tag ? '>' : '}');
    const std::size_t line = rest.find('\n');
    return end == std::string_view::npos || end > line ? 0 : end + 1;
}

std::string withoutMarks(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t length = markLength(text, at); length > 0) {
            at += length;
        } else {
            plain += text[at++];
        }
    }
    return plain;
}

bool isNumber(std::string_view line) {
    const std::string_view text = trimmed(line);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

} // namespace

bool looksLikeSubRip(const SourceText& source) {
    LineReader lines(source.text());
    while (const auto line = lines.next()) {
        if (line->isBlank()) continue;
        if (!isNumber(line->text)) return isTimeLine(line->text);
        const auto second = lines.next();
        return second && isTimeLine(second->text);
    }
    return false;
}

Result<audio::Transcript> parseSubRip(const SourceText& source) {
    LineReader lines(source.text());
    LabelBuilder builder(source, "cue", kRoundedOverlap);
    bool any = false;
    while (auto line = lines.next()) {
        if (line->isBlank()) continue;
        if (isNumber(line->text)) {
            const SourceLine number = *line;
            line = lines.next();
            if (!line)
                return source.error(number.offset, "the file ends after the number of a cue");
        }
        const auto cue = readCue(source, *line, lines, CueEnd::BlankLine);
        if (!cue) return Error(cue.error());
        const std::string text = withoutMarks(cue->text());
        auto added = builder.addDivided(text, cue->begin, cue->end, cue->offset);
        if (!added) return std::move(added).error();
        any = true;
    }
    if (!any) return source.error(0, "the file holds no subtitles");
    return audio::Transcript{builder.take(), {}, {}, {}};
}

std::string formatSubRip(const audio::Transcript& transcript) {
    std::string text;
    int number = 0;
    for (const auto& cue : groupIntoCues(transcript)) {
        text += fmt::format("{}\n{} --> {}\n", ++number, clockText(cue.front().begin, ','),
                            clockText(cue.back().end, ','));
        for (const CueWord& word : cue) {
            if (&word != &cue.front()) text += word.startsLine ? '\n' : ' ';
            text += word.text;
        }
        text += "\n\n";
    }
    return text;
}

} // namespace gesture::io
