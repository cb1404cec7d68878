// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/web_vtt.h"

#include "core/base/utf8.h"
#include "core/io/transcript/label_builder.h"
#include "core/io/transcript/subtitle_cues.h"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace gesture::io {

namespace {

constexpr std::string_view kSignature = "WEBVTT";
constexpr double kRollingGap = 0.05; ///< Seconds between cues that roll up.

/// A piece of a cue's text that ends at a time inside it; the last piece ends with the cue.
struct TimedPiece {
    std::string text;
    std::optional<Seconds> end;
    std::size_t offset = 0; ///< Of the line with its end.
};

/// A line of a cue without tags: pieces, each but the last followed by a time.
struct CueLine {
    std::vector<TimedPiece> pieces;

    [[nodiscard]] std::string plain() const {
        std::string text;
        for (const TimedPiece& piece : pieces)
            text += piece.text;
        return std::string(trimmed(text));
    }
};

/// Value of a character reference's name or number (without & and ;).
std::optional<char32_t> referencedCharacter(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, char32_t>, 8> kNames{{{"amp", U'&'},
                                                                           {"lt", U'<'},
                                                                           {"gt", U'>'},
                                                                           {"quot", U'"'},
                                                                           {"apos", U'\''},
                                                                           {"nbsp", 0xA0},
                                                                           {"lrm", 0x200E},
                                                                           {"rlm", 0x200F}}};
    for (const auto& [known, value] : kNames)
        if (name == known) return value;
    if (name.size() < 2 || name[0] != '#') return std::nullopt;
    const bool hexadecimal = name[1] == 'x' || name[1] == 'X';
    name.remove_prefix(hexadecimal ? 2 : 1);
    std::uint32_t value = 0;
    const char* const end = name.data() + name.size();
    const auto [stop, code] = std::from_chars(name.data(), end, value, hexadecimal ? 16 : 10);
    if (code != std::errc() || stop != end || value == 0) return std::nullopt;
    return static_cast<char32_t>(value);
}

/// Appends what begins at `at` with '&'; returns the bytes taken.
std::size_t appendReference(std::string& text, std::string_view line, std::size_t at) {
    const std::size_t end = line.substr(0, at + 12).find(';', at);
    if (end != std::string_view::npos) {
        const auto value = referencedCharacter(line.substr(at + 1, end - at - 1));
        if (value && appendUtf8(text, *value)) return end - at + 1;
    }
    text += '&';
    return 1;
}

CueLine parseLine(const SourceLine& line) {
    CueLine result{{TimedPiece{{}, {}, line.offset}}};
    const std::string_view text = line.text;
    for (std::size_t at = 0; at < text.size();) {
        std::string& piece = result.pieces.back().text;
        const std::size_t tagEnd = text[at] == '<' ? text.find('>', at) : std::string_view::npos;
        if (tagEnd != std::string_view::npos) {
            if (const auto time = parseClock(text.substr(at + 1, tagEnd - at - 1))) {
                result.pieces.back().end = *time;
                result.pieces.push_back({{}, {}, line.offset});
            }
            at = tagEnd + 1;
        } else if (text[at] == '&') {
            at += appendReference(piece, text, at);
        } else {
            piece += text[at++];
        }
    }
    return result;
}

/// Turns cues into words; remembers what is needed to recognise captions that roll up.
class CueWords {
public:
    explicit CueWords(const SourceText& source)
        : source_(source)
        , builder_(source, "cue", kRoundedOverlap) {}

    Status add(const SubtitleCue& cue) {
        std::vector<CueLine> lines;
        for (const SourceLine& line : cue.lines) {
            lines.push_back(parseLine(line));
            rolling_ = rolling_ || lines.back().pieces.size() > 1;
        }
        const bool follows = cue.begin.value - previousEnd_.value <= kRollingGap;
        std::vector<TimedPiece> pieces{TimedPiece{{}, {}, cue.offset}};
        std::string last;
        for (CueLine& line : lines) {
            const std::string plain = line.plain();
            const bool repeated = rolling_ && follows && last.empty() && !plain.empty() &&
                                  plain == shownLast_ && line.pieces.size() == 1;
            if (!plain.empty()) last = plain;
            if (!repeated) append(pieces, std::move(line));
        }
        if (!last.empty()) shownLast_ = std::move(last);
        previousEnd_ = cue.end;
        return addPieces(cue, pieces);
    }

    std::vector<audio::TimedLabel> take() { return builder_.take(); }

private:
    /// A line's first piece goes on where the line before it ended.
    static void append(std::vector<TimedPiece>& pieces, CueLine line) {
        pieces.back().text += ' ' + line.pieces.front().text;
        pieces.back().end = line.pieces.front().end;
        pieces.back().offset = line.pieces.front().offset;
        pieces.insert(pieces.end(), std::make_move_iterator(line.pieces.begin() + 1),
                      std::make_move_iterator(line.pieces.end()));
    }

    Status addPieces(const SubtitleCue& cue, const std::vector<TimedPiece>& pieces) {
        Seconds begin = cue.begin;
        std::string pending; // text of pieces without a length
        for (const TimedPiece& piece : pieces) {
            const Seconds end = piece.end.value_or(cue.end);
            pending += piece.text;
            if (end < begin || end > cue.end)
                return source_.error(piece.offset,
                                     fmt::format("the time {} s inside the cue does not follow {} "
                                                 "s, or lies behind the cue's end ({} s)",
                                                 end.value, begin.value, cue.end.value));
            if (end == begin && piece.end) continue;
            auto added = builder_.addDivided(std::exchange(pending, {}), begin, end, cue.offset);
            if (!added) return added;
            begin = end;
        }
        return Status::success();
    }

    const SourceText& source_;
    LabelBuilder builder_;
    std::string shownLast_;
    Seconds previousEnd_;
    bool rolling_ = false;
};

/// Notes, styles and regions last until an empty line.
bool isBlockWithoutCue(std::string_view line) {
    for (const std::string_view word : {"NOTE", "STYLE", "REGION"}) {
        if (!line.starts_with(word)) continue;
        if (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t')
            return true;
    }
    return false;
}

void skipBlock(LineReader& lines) {
    while (const auto line = lines.next())
        if (line->text.empty()) return;
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        if (letter == '&')
            result += "&amp;";
        else if (letter == '<')
            result += "&lt;";
        else if (letter == '>')
            result += "&gt;";
        else
            result += letter;
    }
    return result;
}

} // namespace

bool looksLikeWebVtt(const SourceText& source) {
    const std::string_view text = source.text();
    return text.starts_with(kSignature) &&
           (text.size() == kSignature.size() ||
            std::string_view(" \t\n").find(text[kSignature.size()]) != std::string_view::npos);
}

Result<audio::Transcript> parseWebVtt(const SourceText& source) {
    if (!looksLikeWebVtt(source)) return source.error(0, "WebVTT begins with the word WEBVTT");
    LineReader lines(source.text());
    skipBlock(lines);
    CueWords words(source);
    while (auto line = lines.next()) {
        if (line->text.empty()) continue;
        if (isBlockWithoutCue(line->text)) {
            skipBlock(lines);
            continue;
        }
        if (!hasArrow(line->text)) {
            const SourceLine identifier = *line;
            line = lines.next();
            if (!line)
                return source.error(identifier.offset, "the file ends after the name of a cue");
        }
        const auto cue = readCue(source, *line, lines, CueEnd::EmptyLine);
        if (!cue) return Error(cue.error());
        if (auto added = words.add(*cue); !added) return std::move(added).error();
    }
    return audio::Transcript{words.take(), {}, {}, {}};
}

std::string formatWebVtt(const audio::Transcript& transcript) {
    std::string text = "WEBVTT\n\n";
    for (const auto& cue : groupIntoCues(transcript)) {
        std::int64_t reached = cue.front().begin;
        text += fmt::format("{} --> {}\n", clockText(reached, '.'), clockText(cue.back().end, '.'));
        for (const CueWord& word : cue) {
            if (&word != &cue.front()) {
                // A time on each side of the blank, so that a pause keeps its length.
                if (word.begin > reached) text += fmt::format("<{}>", clockText(reached, '.'));
                text += word.startsLine ? '\n' : ' ';
                text += fmt::format("<{}>", clockText(word.begin, '.'));
            }
            text += escaped(word.text);
            reached = word.end;
        }
        text += "\n\n";
    }
    return text;
}

} // namespace gesture::io
