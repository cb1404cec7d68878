// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/text_grid.h"

#include "core/base/utf8.h"
#include "core/io/transcript/label_builder.h"
#include "core/io/transcript/number_text.h"
#include "core/io/transcript/text_grid_tokens.h"
#include "core/io/transcript/tier_names.h"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace gesture::io {

namespace {

using Kind = TextGridTokens::Kind;

struct Tier {
    std::string name;
    bool intervals = true; ///< Else points.
    std::size_t count = 0;
    std::size_t offset = 0; ///< Of the first item.
};

struct Grid {
    double end = 0.0;
    std::vector<Tier> tiers;
};

/// Reads `count` values that nobody needs.
Status skipValues(TextGridTokens& tokens, std::initializer_list<Kind> kinds,
                  std::string_view what) {
    for (const Kind kind : kinds)
        if (auto token = tokens.expect(kind, what); !token) return std::move(token).error();
    return Status::success();
}

/// "ooTextFile" and the class of the object.
Status readFileType(const SourceText& source, TextGridTokens& tokens) {
    const auto type = tokens.expect(Kind::Text, "the file type");
    if (!type) return Error(type.error());
    if (!type->text.starts_with("ooTextFile"))
        return source.error(type->offset, "this is not one of Praat's text files");
    const auto object = tokens.expect(Kind::Text, "the object's class");
    if (!object) return Error(object.error());
    if (object->text != "TextGrid")
        return source.error(object->offset,
                            fmt::format("the file holds a '{}' of Praat, not a TextGrid: save the "
                                        "TextGrid by itself",
                                        shownText(object->text)));
    return Status::success();
}

Result<Tier> readTier(const SourceText& source, TextGridTokens& tokens) {
    const auto kind = tokens.expect(Kind::Text, "the class of a tier");
    if (!kind) return Error(kind.error());
    Tier tier;
    tier.intervals = kind->text == "IntervalTier";
    if (!tier.intervals && kind->text != "TextTier")
        return source.error(kind->offset,
                            fmt::format("'{}' is no class of tier: IntervalTier and TextTier are",
                                        shownText(kind->text)));
    const auto name = tokens.expect(Kind::Text, "the name of a tier");
    if (!name) return Error(name.error());
    tier.name = unquoted(name->text);
    if (auto domain = skipValues(tokens, {Kind::Number, Kind::Number}, "the domain of a tier");
        !domain)
        return std::move(domain).error();
    const auto count = tokens.expectCount("the number of items of a tier");
    if (!count) return Error(count.error());
    tier.count = *count;
    tier.offset = tokens.offset();
    for (std::size_t i = 0; i < tier.count; ++i) {
        auto skipped = tier.intervals ? skipValues(tokens, {Kind::Number, Kind::Number, Kind::Text},
                                                   "an interval with two times and a text")
                                      : skipValues(tokens, {Kind::Number, Kind::Text},
                                                   "a point with a time and a text");
        if (!skipped) return std::move(skipped).error();
    }
    return tier;
}

/// Tiers and where their items begin.
Result<Grid> readStructure(const SourceText& source) {
    TextGridTokens tokens(source);
    if (auto type = readFileType(source, tokens); !type) return std::move(type).error();
    if (auto begin = tokens.expect(Kind::Number, "the beginning of the grid"); !begin)
        return std::move(begin).error();
    const auto end = tokens.expect(Kind::Number, "the end of the grid");
    if (!end) return Error(end.error());
    const auto seconds = parseSeconds(source, end->text, end->offset);
    if (!seconds) return Error(seconds.error());
    const auto exists = tokens.expect(Kind::Flag, "<exists>");
    if (!exists) return Error(exists.error());
    const bool hasTiers = exists->text == "<exists>";
    const auto count = hasTiers ? tokens.expectCount("the number of tiers") : std::size_t{0};
    if (!count) return Error(count.error());
    Grid grid{std::max(*seconds, 0.0), {}};
    for (std::size_t i = 0; i < *count; ++i) {
        auto tier = readTier(source, tokens);
        if (!tier) return std::move(tier).error();
        grid.tiers.push_back(std::move(tier).value());
    }
    const auto rest = tokens.next();
    if (!rest) return Error(rest.error());
    if (rest->has_value())
        return source.error((*rest)->offset, "more follows than the counts of the file say");
    return grid;
}

std::string namesOf(const Grid& grid) {
    std::string names;
    for (const Tier& tier : grid.tiers) {
        if (names.size() > 200) return names + ", …";
        names += fmt::format("{}'{}'{}", names.empty() ? "" : ", ", shownText(tier.name),
                             tier.intervals ? "" : " (points)");
    }
    return names.empty() ? "none" : names;
}

Error noTier(const SourceText& source, const Grid& grid, std::string_view reason) {
    return {ErrorCode::InvalidInput,
            fmt::format("'{}' {}; its tiers: {}.", source.name(), reason, namesOf(grid))};
}

/// The tier that the user named.
Result<const Tier*> namedTier(const SourceText& source, const Grid& grid, const std::string& name) {
    const std::string wanted = lowerCase(name);
    for (const Tier& tier : grid.tiers)
        if (lowerCase(tier.name) == wanted && tier.intervals) return &tier;
    for (const Tier& tier : grid.tiers)
        if (lowerCase(tier.name) == wanted)
            return noTier(source, grid,
                          fmt::format("holds points in tier '{}'; words and phones need intervals",
                                      shownText(name)));
    return noTier(source, grid, fmt::format("has no tier '{}'", shownText(name)));
}

const Tier* firstTier(const Grid& grid, bool (*accept)(std::string_view)) {
    for (const Tier& tier : grid.tiers)
        if (tier.intervals && accept(tier.name)) return &tier;
    return nullptr;
}

Result<const Tier*> phoneTier(const SourceText& source, const Grid& grid,
                              const TranscriptReadOptions& options) {
    if (!options.phoneTier.empty()) return namedTier(source, grid, options.phoneTier);
    return firstTier(grid, isPhoneTierName);
}

Result<const Tier*> wordTier(const SourceText& source, const Grid& grid, const Tier* phones,
                             const TranscriptReadOptions& options) {
    if (!options.wordTier.empty()) return namedTier(source, grid, options.wordTier);
    if (const Tier* known = firstTier(grid, isWordTierName)) return known;
    for (const Tier& tier : grid.tiers)
        if (tier.intervals && &tier != phones) return &tier;
    return noTier(source, grid, "has no tier of intervals that could be its words");
}

Result<std::vector<audio::TimedLabel>> readLabels(const SourceText& source, const Tier& tier) {
    TextGridTokens tokens(source, tier.offset);
    LabelBuilder builder(source, "interval", kExactOverlap);
    for (std::size_t i = 0; i < tier.count; ++i) {
        const auto begin = tokens.expect(Kind::Number, "the beginning of an interval");
        if (!begin) return Error(begin.error());
        const auto end = tokens.expect(Kind::Number, "the end of an interval");
        if (!end) return Error(end.error());
        const auto text = tokens.expect(Kind::Text, "the text of an interval");
        if (!text) return Error(text.error());
        const auto from = parseSeconds(source, begin->text, begin->offset);
        if (!from) return Error(from.error());
        const auto to = parseSeconds(source, end->text, end->offset);
        if (!to) return Error(to.error());
        auto added = builder.add({unquoted(text->text), {*from}, {*to}, {}}, begin->offset);
        if (!added) return std::move(added).error();
    }
    return builder.take();
}

} // namespace

bool looksLikeTextGrid(const SourceText& source) {
    const std::string_view text = source.text();
    return text.starts_with("File type") || text.starts_with("\"ooTextFile");
}

Result<audio::Transcript> parseTextGrid(const SourceText& source,
                                        const TranscriptReadOptions& options) {
    const auto grid = readStructure(source);
    if (!grid) return Error(grid.error());
    const auto phones = phoneTier(source, *grid, options);
    if (!phones) return Error(phones.error());
    const auto words = wordTier(source, *grid, *phones, options);
    if (!words) return Error(words.error());
    audio::Transcript transcript;
    auto wordLabels = readLabels(source, **words);
    if (!wordLabels) return std::move(wordLabels).error();
    transcript.words = std::move(wordLabels).value();
    if (*phones != nullptr) {
        auto phoneLabels = readLabels(source, **phones);
        if (!phoneLabels) return std::move(phoneLabels).error();
        transcript.phones = std::move(phoneLabels).value();
    }
    transcript.duration = {grid->end};
    return transcript;
}

} // namespace gesture::io
