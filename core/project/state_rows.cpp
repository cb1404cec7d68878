// SPDX-License-Identifier: Apache-2.0
#include "core/project/state_rows.h"

#include "core/base/sha256.h"
#include "core/project/row_keys.h"
#include "core/project/state_codec.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <span>

namespace gesture::project {

namespace {

using audio::TimedLabel;
using inference::EditMask;

std::size_t tileCount(std::size_t labels) { return (labels + kTileLabels - 1) / kTileLabels; }

std::span<const TimedLabel> labelTile(const std::vector<TimedLabel>& labels, std::size_t tile) {
    const std::size_t begin = std::min(labels.size(), tile * kTileLabels);
    return std::span(labels).subspan(begin, std::min(kTileLabels, labels.size() - begin));
}

/// (frames of the tile, 4): cells of a mask.
std::span<const std::uint8_t> maskTile(const EditMask& mask, std::int64_t tile) {
    const std::int64_t begin = std::min(mask.frameCount(), tile * kTileFrames);
    const std::int64_t end = std::min(mask.frameCount(), begin + kTileFrames);
    return mask.cells().subspan(static_cast<std::size_t>(begin) * motion::kBodyPartCount,
                                static_cast<std::size_t>(end - begin) * motion::kBodyPartCount);
}

/// Runs of ones of a part.
MaskTile runsOf(std::span<const std::uint8_t> cells, int part) {
    MaskTile tile;
    const auto frames = static_cast<std::int64_t>(cells.size()) / motion::kBodyPartCount;
    bool inside = false;
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        const bool masked =
            cells[static_cast<std::size_t>(frame * motion::kBodyPartCount + part)] != 0;
        if (masked != inside) tile.edges.push_back(frame);
        inside = masked;
    }
    if (inside) tile.edges.push_back(frames);
    return tile;
}

bool equalTiles(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

AboutProject aboutOf(const ProjectState& state) {
    return {state.name, state.notes, state.wordsSource};
}

TranscriptHead headOf(const audio::Transcript& transcript) {
    return {transcript.language, transcript.duration.value,
            static_cast<std::int64_t>(transcript.words.size()),
            static_cast<std::int64_t>(transcript.phones.size())};
}

bool sameHead(const audio::Transcript& a, const audio::Transcript& b) {
    return a.language == b.language && a.duration == b.duration &&
           a.words.size() == b.words.size() && a.phones.size() == b.phones.size();
}

TakeOrder orderOf(const ProjectState& state) {
    TakeOrder order;
    for (const Take& take : state.takes)
        order.ids.push_back(take.id.value);
    return order;
}

/// Collects the rows in which two states differ.
class Comparison {
public:
    Comparison(const ProjectState& before, const ProjectState& after)
        : before_(before)
        , after_(after) {}

    Result<std::vector<RowChange>> run() {
        compareAbout();
        compareTranscript();
        compareTakes();
        compareMask();
        compareAnalyses();
        forEachPlainRow([&](const char* key, auto member) {
            if (!(before_.*member == after_.*member))
                add(key, encodeRow(before_.*member), encodeRow(after_.*member));
        });
        if (before_.nextId != after_.nextId)
            add(kIdsKey, encodeRow(IdCounter{before_.nextId}), encodeRow(IdCounter{after_.nextId}));
        if (failure_) return *failure_;
        std::sort(changes_.begin(), changes_.end(),
                  [](const RowChange& a, const RowChange& b) { return a.key < b.key; });
        return std::move(changes_);
    }

private:
    void add(std::string key, std::optional<Result<std::string>> before,
             std::optional<Result<std::string>> after) {
        RowChange change{std::move(key), {}, {}};
        if (before && before->ok()) change.before = std::move(*before).value();
        if (after && !after->ok()) {
            if (!failure_) failure_ = std::move(*after).error().withContext(change.key);
            return;
        }
        if (after) change.after = std::move(*after).value();
        if (change.before != change.after) changes_.push_back(std::move(change));
    }

    void compareAbout() {
        if (before_.name != after_.name || before_.notes != after_.notes ||
            before_.wordsSource != after_.wordsSource)
            add(kAboutKey, encodeRow(aboutOf(before_)), encodeRow(aboutOf(after_)));
    }

    void compareTranscript() {
        if (before_.transcript.pointer() == after_.transcript.pointer()) return;
        const audio::Transcript& before = *before_.transcript;
        const audio::Transcript& after = *after_.transcript;
        if (!sameHead(before, after))
            add(kTranscriptKey, encodeRow(headOf(before)), encodeRow(headOf(after)));
        compareLabels(kWordsPrefix, before.words, after.words);
        compareLabels(kPhonesPrefix, before.phones, after.phones);
    }

    void compareLabels(std::string_view prefix, const std::vector<TimedLabel>& before,
                       const std::vector<TimedLabel>& after) {
        const std::size_t tiles = std::max(tileCount(before.size()), tileCount(after.size()));
        for (std::size_t tile = 0; tile < tiles; ++tile) {
            const auto a = labelTile(before, tile);
            const auto b = labelTile(after, tile);
            if (std::equal(a.begin(), a.end(), b.begin(), b.end())) continue;
            add(fmt::format("{}{}", prefix, tile), encodeLabels(a), encodeLabels(b));
        }
    }

    static std::optional<Result<std::string>> encodeLabels(std::span<const TimedLabel> labels) {
        if (labels.empty()) return std::nullopt;
        return encodeRow(LabelTile{{labels.begin(), labels.end()}});
    }

    void compareTakes() {
        if (before_.takes == after_.takes) return;
        if (orderOf(before_).ids != orderOf(after_).ids)
            add(kTakesKey, encodeRow(orderOf(before_)), encodeRow(orderOf(after_)));
        std::map<ItemId, std::pair<const Take*, const Take*>> pairs;
        for (const Take& take : before_.takes)
            pairs[take.id].first = &take;
        for (const Take& take : after_.takes)
            pairs[take.id].second = &take;
        for (const auto& [id, pair] : pairs) {
            const auto [before, after] = pair;
            if (before != nullptr && after != nullptr && *before == *after) continue;
            add(takeKey(id), encodePointer(before), encodePointer(after));
        }
    }

    template <typename T>
    static std::optional<Result<std::string>> encodePointer(const T* value) {
        if (value == nullptr) return std::nullopt;
        return encodeRow(*value);
    }

    void compareAnalyses() {
        if (before_.analyses == after_.analyses) return;
        std::map<ItemId, std::pair<const AnalysisReference*, const AnalysisReference*>> pairs;
        for (const auto& [id, analysis] : before_.analyses)
            pairs[id].first = &analysis;
        for (const auto& [id, analysis] : after_.analyses)
            pairs[id].second = &analysis;
        for (const auto& [id, pair] : pairs)
            add(analysisKey(id), encodePointer(pair.first), encodePointer(pair.second));
    }

    void compareMask() {
        if (before_.mask.pointer() == after_.mask.pointer()) return;
        const EditMask& before = *before_.mask;
        const EditMask& after = *after_.mask;
        if (before.frameCount() != after.frameCount())
            add(kMaskKey, encodeRow(MaskHead{before.frameCount()}),
                encodeRow(MaskHead{after.frameCount()}));
        const std::int64_t frames = std::max(before.frameCount(), after.frameCount());
        for (std::int64_t tile = 0; tile * kTileFrames < frames; ++tile) {
            const auto a = maskTile(before, tile);
            const auto b = maskTile(after, tile);
            if (equalTiles(a, b)) continue;
            for (int part = 0; part < motion::kBodyPartCount; ++part)
                add(maskTileKey(part, tile), encodeRuns(runsOf(a, part)),
                    encodeRuns(runsOf(b, part)));
        }
    }

    /// Nothing is masked: no row.
    static std::optional<Result<std::string>> encodeRuns(const MaskTile& runs) {
        if (runs.edges.empty()) return std::nullopt;
        return encodeRow(runs);
    }

    const ProjectState& before_;
    const ProjectState& after_;
    std::vector<RowChange> changes_;
    std::optional<Error> failure_;
};

} // namespace

bool isOutsideHistory(std::string_view key) {
    return key == kViewKey || key == kIdsKey ||
           key.substr(0, kAnalysisPrefix.size()) == kAnalysisPrefix;
}

Result<std::vector<RowChange>> changesBetween(const ProjectState& before,
                                              const ProjectState& after) {
    return Comparison(before, after).run();
}

Result<StateRows> rowsOf(const ProjectState& state) {
    const auto changes = changesBetween({}, state);
    if (!changes) return changes.error();
    StateRows rows;
    for (const RowChange& change : *changes)
        if (change.after) rows.emplace(change.key, *change.after);
    return rows;
}

Result<ContentHash> hashOf(const ProjectState& state) {
    const auto rows = rowsOf(state);
    if (!rows) return rows.error();
    Sha256 hash;
    const auto add = [&](const std::string& text) {
        const std::string length = fmt::format("{}:", text.size());
        hash.update(std::as_bytes(std::span(length)));
        hash.update(std::as_bytes(std::span(text)));
    };
    for (const auto& [key, text] : *rows) {
        if (isOutsideHistory(key)) continue;
        add(key);
        add(text);
    }
    return hash.finish();
}

} // namespace gesture::project
