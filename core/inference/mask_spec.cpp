// SPDX-License-Identifier: Apache-2.0
#include "core/inference/mask_spec.h"

#include "core/base/timecode.h"
#include "core/base/utf8.h"
#include "core/inference/mask_strategy.h"
#include "core/inference/word_match.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>

namespace gesture::inference {

namespace {

constexpr std::size_t kMaxSpecBytes = 64 * 1024;
constexpr FrameIndex kOpenEnd{std::numeric_limits<std::int64_t>::max() / 4};

/// A piece of the text that knows where it stands in it.
struct Piece {
    std::string_view text;
    std::size_t at = 0; ///< Bytes in front of it.

    [[nodiscard]] Piece from(std::size_t begin, std::size_t count = std::string_view::npos) const {
        return {text.substr(begin, count), at + begin};
    }
    [[nodiscard]] Piece trimmed() const {
        const std::size_t first = text.find_first_not_of(" \t");
        if (first == std::string_view::npos) return {{}, at};
        return from(first, text.find_last_not_of(" \t") - first + 1);
    }
    [[nodiscard]] std::vector<Piece> split(char separator) const {
        std::vector<Piece> pieces;
        std::size_t begin = 0;
        while (true) {
            const std::size_t end = std::min(text.find(separator, begin), text.size());
            pieces.push_back(from(begin, end - begin).trimmed());
            if (end == text.size()) return pieces;
            begin = end + 1;
        }
    }
};

Error faultAt(const Piece& piece, std::string_view fault) {
    return {ErrorCode::InvalidInput,
            fmt::format("The mask cannot be read at character {}, '{}': {}", piece.at + 1,
                        shownText(piece.text), fault)};
}

std::optional<double> numberIn(std::string_view text) {
    double value = 0.0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (!std::isfinite(value)) return std::nullopt;
    return value;
}

Result<PartSet> readParts(const Piece& piece) {
    PartSet parts;
    for (const Piece& name : piece.split('+')) {
        bool known = name.text == "all";
        if (known) parts = kAllParts;
        for (std::size_t part = 0; part < parts.values.size(); ++part) {
            if (name.text != motion::nameOf(static_cast<motion::BodyPart>(part))) continue;
            parts.values[part] = known = true;
        }
        if (!known)
            return faultAt(name, "this is no body part. Parts are all, face, upper, hands and "
                                 "lower, joined by '+'; or begin with words:, semantic>, "
                                 "attention:, loss: or random:.");
    }
    return parts;
}

Result<FrameIndex> readTime(const Piece& piece, FrameIndex whenOpen, FrameRate rate) {
    if (piece.text.empty()) return whenOpen;
    auto frame = parsePosition(piece.text, rate);
    if (!frame)
        return faultAt(piece, "this is no time. Times are seconds (1.5), minutes and seconds "
                              "(0:03.2) or frames (120f).");
    return frame;
}

Result<FrameRange> readRange(const Piece& piece, FrameRate rate) {
    const std::size_t dash = piece.text.find('-');
    if (dash == std::string_view::npos)
        return faultAt(piece, "a range is missing here, START-END; an open end is the motion's.");
    auto begin = readTime(piece.from(0, dash).trimmed(), {0}, rate);
    if (!begin) return std::move(begin).error();
    auto end = readTime(piece.from(dash + 1).trimmed(), kOpenEnd, rate);
    if (!end) return std::move(end).error();
    if (*end <= *begin) return faultAt(piece, "the end of a range must come after its start.");
    return FrameRange{*begin, *end};
}

Result<RangeClause> readRanges(const Piece& piece, FrameRate rate) {
    RangeClause clause;
    for (const Piece& item : piece.split(',')) {
        auto range = readRange(item, rate);
        if (!range) return std::move(range).error();
        clause.ranges.push_back(*range);
    }
    return clause;
}

Result<WordClause> readWords(const Piece& piece) {
    WordClause clause;
    for (const Piece& word : piece.split(',')) {
        if (firstInvalidUtf8(word.text) || comparableWord(word.text).empty())
            return faultAt(word, "a word is missing here. Words are parted by commas: "
                                 "words:big,three.");
        clause.words.emplace_back(word.text);
    }
    return clause;
}

Result<SemanticClause> readSemantic(const Piece& piece) {
    const auto threshold = numberIn(piece.text);
    if (!threshold || *threshold < 0.0 || *threshold >= 1.0)
        return faultAt(piece, "a score from 0 to 1 is missing here, as in semantic>0.5.");
    return SemanticClause{*threshold};
}

Result<ShareClause> readShare(ShareOf of, const Piece& piece) {
    const std::string_view prefix = of == ShareOf::Random ? "" : "top";
    std::string_view number = piece.text;
    const bool framed = number.starts_with(prefix) && number.ends_with('%');
    if (framed) number = number.substr(prefix.size(), number.size() - prefix.size() - 1);
    const auto percent = framed ? numberIn(number) : std::nullopt;
    if (!percent || *percent <= 0.0 || *percent > 100.0)
        return faultAt(piece, fmt::format("a share above 0 and up to 100% is missing here, "
                                          "written as {}20%.",
                                          prefix));
    return ShareClause{of, *percent / 100.0};
}

/// A way to find frames: how it begins, and what reads the rest.
struct Finder {
    std::string_view prefix;
    Result<MaskClause> (*read)(const Piece& rest);
};

template <auto Read, auto... Arguments>
Result<MaskClause> readAs(const Piece& rest) {
    auto what = Read(Arguments..., rest);
    if (!what) return std::move(what).error();
    MaskClause clause;
    clause.what = std::move(what).value();
    return clause;
}

constexpr std::array<Finder, 5> kFinders = {{
    {"words:", &readAs<readWords>},
    {"semantic>", &readAs<readSemantic>},
    {"attention:", &readAs<readShare, ShareOf::Attention>},
    {"loss:", &readAs<readShare, ShareOf::Loss>},
    {"random:", &readAs<readShare, ShareOf::Random>},
}};

const Finder* finderOf(const Piece& piece) {
    const auto* const found = std::ranges::find_if(
        kFinders, [&](const Finder& finder) { return piece.text.starts_with(finder.prefix); });
    return found == kFinders.end() ? nullptr : found;
}

Result<MaskClause> readFound(const Piece& piece) {
    const Finder* const finder = finderOf(piece);
    if (finder == nullptr)
        return faultAt(piece, "words:, semantic>, attention:, loss: or random: must follow '@'.");
    return finder->read(piece.from(finder->prefix.size()).trimmed());
}

Result<MaskClause> readPartsAndRanges(const Piece& piece, FrameRate rate) {
    const std::size_t colon = piece.text.find(':');
    auto parts = readParts(piece.from(0, colon).trimmed());
    if (!parts) return std::move(parts).error();
    if (colon == std::string_view::npos)
        return faultAt(piece, "':' and a range must follow the parts, as in hands:1.5-3.");
    auto ranges = readRanges(piece.from(colon + 1), rate);
    if (!ranges) return std::move(ranges).error();
    MaskClause clause;
    clause.parts = *parts;
    clause.what = std::move(ranges).value();
    return clause;
}

Result<MaskClause> readClause(const Piece& piece, FrameRate rate) {
    if (finderOf(piece) != nullptr) return readFound(piece);
    const std::size_t sign = piece.text.find('@');
    if (sign == std::string_view::npos) return readPartsAndRanges(piece, rate);
    auto parts = readParts(piece.from(0, sign).trimmed());
    if (!parts) return std::move(parts).error();
    auto clause = readFound(piece.from(sign + 1).trimmed());
    if (clause) clause->parts = *parts;
    return clause;
}

/// Makes the mask of one clause.
struct ClauseMaker {
    const MaskClause& clause;
    const MaskSources& sources;
    MaskCanvas canvas;
    std::uint64_t seed;

    [[nodiscard]] Error missing(std::string_view what) const {
        return {ErrorCode::NotFound, fmt::format("'{}' needs {}.", shownText(clause.text), what)};
    }

    Result<EditMask> operator()(const RangeClause& what) const {
        EditMask mask(canvas.frames);
        for (const FrameRange range : what.ranges) {
            if (range.begin.value >= canvas.frames)
                return Error{
                    ErrorCode::InvalidInput,
                    fmt::format("'{}' begins at {:.2f} s, but the motion is {:.2f} s long.",
                                shownText(clause.text), canvas.rate.timeOf(range.begin).value,
                                canvas.rate.timeOf({canvas.frames}).value)};
            mask.paint(range, canvas.parts);
        }
        return mask;
    }
    Result<EditMask> operator()(const WordClause& what) const {
        if (sources.transcript == nullptr) return missing("a transcript of the speech");
        return maskWords(*sources.transcript, what.words, canvas);
    }
    Result<EditMask> operator()(const SemanticClause& what) const {
        if (sources.semanticScore.empty())
            return missing("the semantic score, which SemTalk's bundles compute");
        return maskAbove(sources.semanticScore, sources.framesPerToken, what.threshold, canvas);
    }
    Result<EditMask> operator()(const ShareClause& what) const {
        switch (what.of) {
        case ShareOf::Attention:
            if (sources.attention.empty())
                return missing("the importance of frames, which EchoMask's bundles compute");
            return maskHighest(sources.attention, what.share, canvas);
        case ShareOf::Loss:
            if (sources.loss.empty()) return missing("a loss curve of the motion");
            return maskHighest(sources.loss, what.share, canvas);
        case ShareOf::Random:
            break;
        }
        return maskRandom(what.share, sources.framesPerToken, seed, canvas);
    }
};

} // namespace

bool MaskSpec::needsWords() const {
    return std::ranges::any_of(clauses, [](const MaskClause& clause) {
        return std::holds_alternative<WordClause>(clause.what);
    });
}

bool MaskSpec::needsSemanticScore() const {
    return std::ranges::any_of(clauses, [](const MaskClause& clause) {
        return std::holds_alternative<SemanticClause>(clause.what);
    });
}

bool MaskSpec::needs(ShareOf curve) const {
    return std::ranges::any_of(clauses, [&](const MaskClause& clause) {
        const auto* const share = std::get_if<ShareClause>(&clause.what);
        return share != nullptr && share->of == curve;
    });
}

Result<MaskSpec> parseMaskSpec(std::string_view text, FrameRate rate) {
    if (text.size() > kMaxSpecBytes)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("The mask is {} bytes of text; up to {} are read.", text.size(),
                                 kMaxSpecBytes)};
    MaskSpec spec;
    for (const Piece& piece : Piece{text, 0}.split(';')) {
        if (piece.text.empty())
            return faultAt(piece, "a mask is missing here, such as hands:1.5-3 or words:big.");
        auto clause = readClause(piece, rate);
        if (!clause) return std::move(clause).error();
        clause->text = piece.text;
        spec.clauses.push_back(std::move(clause).value());
    }
    return spec;
}

Result<EditMask> makeMask(const MaskSpec& spec, std::int64_t frames, FrameRate rate,
                          const MaskSources& sources) {
    EditMask mask(frames);
    std::uint64_t seed = sources.seed;
    for (const MaskClause& clause : spec.clauses) {
        const ClauseMaker maker{clause, sources, {frames, rate, clause.parts}, seed++};
        auto made = std::visit(maker, clause.what);
        if (!made) return std::move(made).error();
        mask.unite(*made);
    }
    return mask;
}

} // namespace gesture::inference
