// SPDX-License-Identifier: Apache-2.0
#include "core/project/row_keys.h"
#include "core/project/state_codec.h"
#include "core/project/state_rows.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace gesture::project {

namespace {

using audio::TimedLabel;
using inference::EditMask;

Error damaged(const std::string& row, const std::string& what) {
    return {ErrorCode::InvalidInput, fmt::format("row '{}' is damaged: {}", row, what)};
}

/// The number after a prefix; nothing when there is no such number below `end`.
std::optional<std::int64_t> numberAfter(std::string_view key, std::string_view prefix,
                                        std::int64_t end) {
    if (key.substr(0, prefix.size()) != prefix) return std::nullopt;
    key.remove_prefix(prefix.size());
    std::int64_t number = 0;
    const auto [rest, code] = std::from_chars(key.data(), key.data() + key.size(), number);
    if (code != std::errc() || rest != key.data() + key.size() || number < 0 || number >= end)
        return std::nullopt;
    return number;
}

constexpr std::int64_t kMaxId = std::int64_t{1} << 52;
constexpr std::int64_t kLabelTiles = kMaxWords / kTileLabels + 1;
constexpr std::int64_t kMaskTiles = kMaxFrames / kTileFrames + 1;

using LabelTiles = std::map<std::int64_t, std::vector<TimedLabel>>;

/// Labels of `count`: tiles that were staged, else those that were there.
Result<std::vector<TimedLabel>> assemble(std::string_view prefix, std::int64_t count,
                                         const LabelTiles& staged,
                                         const std::vector<TimedLabel>& base) {
    std::vector<TimedLabel> labels;
    for (std::int64_t begin = 0; begin < count; begin += kTileLabels) {
        const std::int64_t tile = begin / static_cast<std::int64_t>(kTileLabels);
        const auto wanted =
            static_cast<std::size_t>(std::min<std::int64_t>(kTileLabels, count - begin));
        const auto found = staged.find(tile);
        if (found != staged.end()) {
            if (found->second.size() != wanted)
                return damaged(fmt::format("{}{}", prefix, tile), "it has another number of labels "
                                                                  "than row 'transcript' says");
            labels.insert(labels.end(), found->second.begin(), found->second.end());
            continue;
        }
        if (static_cast<std::size_t>(begin) + wanted > base.size())
            return damaged(fmt::format("{}{}", prefix, tile), "it is missing");
        const auto first = base.begin() + begin;
        labels.insert(labels.end(), first, first + static_cast<std::ptrdiff_t>(wanted));
    }
    return labels;
}

} // namespace

/// Rows that make sense only together.
struct StateBuilder::Staged {
    std::optional<TranscriptHead> transcript;
    LabelTiles words;
    LabelTiles phones;
    std::optional<MaskHead> mask;
    std::map<std::pair<int, std::int64_t>, MaskTile> maskTiles; ///< By part and tile.
    std::optional<TakeOrder> order;
    std::map<std::int64_t, std::optional<Take>> takes;
};

StateBuilder::StateBuilder(ProjectState base)
    : state_(std::move(base))
    , staged_(std::make_unique<Staged>()) {}

StateBuilder::~StateBuilder() = default;

Status StateBuilder::put(const std::string& key, const std::optional<std::string>& text) {
    if (!text) {
        drop(key);
        return Status::success();
    }
    Status read = putText(key, *text);
    if (!read) return damaged(key, read.error().message());
    return Status::success();
}

Status StateBuilder::putText(const std::string& key, std::string_view text) {
    if (key == kAboutKey) {
        AboutProject about;
        Status read = decodeRow(text, about);
        if (!read) return read;
        state_.name = std::move(about.name);
        state_.notes = std::move(about.notes);
        state_.wordsSource = std::move(about.wordsSource);
        return read;
    }
    if (key == kTranscriptKey) return decodeRow(text, staged_->transcript.emplace());
    if (key == kMaskKey) return decodeRow(text, staged_->mask.emplace());
    if (key == kTakesKey) return decodeRow(text, staged_->order.emplace());
    if (key == kIdsKey) {
        IdCounter ids;
        Status read = decodeRow(text, ids);
        state_.nextId = ids.next;
        return read;
    }
    if (const auto read = putTile(key, text)) return *read;
    if (const auto id = numberAfter(key, kTakePrefix, kMaxId)) return putTake(*id, text);
    if (const auto id = numberAfter(key, kAnalysisPrefix, kMaxId))
        return decodeRow(text, state_.analyses[ItemId{*id}] = {});
    Status read = Status::success();
    forEachPlainRow([&](const char* plain, auto member) {
        if (key == plain) read = decodeRow(text, state_.*member = {});
    });
    return read;
}

Status StateBuilder::putTake(std::int64_t id, std::string_view text) {
    Take take;
    Status read = decodeRow(text, take);
    if (read.ok() && take.id.value != id)
        return Error{ErrorCode::InvalidInput, "it names another take"};
    staged_->takes[id] = std::move(take);
    return read;
}

std::optional<Status> StateBuilder::putTile(const std::string& key, std::string_view text) {
    for (auto [prefix, tiles] :
         {std::pair{kWordsPrefix, &staged_->words}, std::pair{kPhonesPrefix, &staged_->phones}}) {
        const auto tile = numberAfter(key, prefix, kLabelTiles);
        if (!tile) continue;
        LabelTile labels;
        Status read = decodeRow(text, labels);
        (*tiles)[*tile] = std::move(labels.labels);
        return read;
    }
    for (int part = 0; part < motion::kBodyPartCount; ++part)
        if (const auto tile = numberAfter(key, maskPrefix(part), kMaskTiles))
            return decodeRow(text, staged_->maskTiles[{part, *tile}] = {});
    return std::nullopt;
}

void StateBuilder::drop(const std::string& key) {
    const ProjectState fresh;
    if (key == kAboutKey) {
        state_.name = {};
        state_.notes = {};
        state_.wordsSource = {};
    }
    if (key == kTranscriptKey) staged_->transcript = TranscriptHead{};
    if (key == kMaskKey) staged_->mask = MaskHead{};
    if (key == kTakesKey) staged_->order = TakeOrder{};
    if (key == kIdsKey) state_.nextId = fresh.nextId;
    if (const auto id = numberAfter(key, kTakePrefix, kMaxId)) staged_->takes[*id] = std::nullopt;
    if (const auto id = numberAfter(key, kAnalysisPrefix, kMaxId))
        state_.analyses.erase(ItemId{*id});
    for (int part = 0; part < motion::kBodyPartCount; ++part)
        if (const auto tile = numberAfter(key, maskPrefix(part), kMaskTiles))
            staged_->maskTiles[{part, *tile}] = {};
    forEachPlainRow([&](const char* plain, auto member) {
        if (key == plain) state_.*member = fresh.*member;
    });
}

Status StateBuilder::finishTranscript() {
    if (!staged_->transcript && staged_->words.empty() && staged_->phones.empty())
        return Status::success();
    const audio::Transcript& base = *state_.transcript;
    TranscriptHead head{base.language, base.duration.value,
                        static_cast<std::int64_t>(base.words.size()),
                        static_cast<std::int64_t>(base.phones.size())};
    if (staged_->transcript) head = *staged_->transcript;
    auto words = assemble(kWordsPrefix, head.words, staged_->words, base.words);
    if (!words) return std::move(words).error();
    auto phones = assemble(kPhonesPrefix, head.phones, staged_->phones, base.phones);
    if (!phones) return std::move(phones).error();
    audio::Transcript transcript{
        std::move(*words), std::move(*phones), {head.duration}, head.language};
    if (const Status valid = audio::validate(transcript); !valid)
        return damaged(kTranscriptKey, valid.error().message());
    state_.transcript = std::move(transcript);
    return Status::success();
}

Status StateBuilder::finishMask() {
    if (!staged_->mask && staged_->maskTiles.empty()) return Status::success();
    const EditMask& base = *state_.mask;
    const std::int64_t frames = staged_->mask ? staged_->mask->frames : base.frameCount();
    EditMask mask(frames);
    if (frames == base.frameCount())
        mask = base;
    else
        for (int part = 0; part < motion::kBodyPartCount; ++part) {
            inference::PartSet only{};
            only.values[static_cast<std::size_t>(part)] = true;
            for (const FrameRange& run : base.runs(static_cast<motion::BodyPart>(part)))
                mask.paint(run, only);
        }
    for (const auto& [place, tile] : staged_->maskTiles) {
        inference::PartSet only{};
        only.values[static_cast<std::size_t>(place.first)] = true;
        const FrameIndex begin{place.second * kTileFrames};
        mask.erase({begin, begin + kTileFrames}, only);
        for (std::size_t i = 0; i + 1 < tile.edges.size(); i += 2)
            mask.paint({begin + tile.edges[i], begin + tile.edges[i + 1]}, only);
    }
    state_.mask = std::move(mask);
    return Status::success();
}

Status StateBuilder::finishTakes() {
    if (!staged_->order && staged_->takes.empty()) return Status::success();
    std::map<std::int64_t, Take> takes;
    std::vector<std::int64_t> order;
    for (Take& take : state_.takes) {
        order.push_back(take.id.value);
        takes.emplace(take.id.value, std::move(take));
    }
    for (auto& [id, take] : staged_->takes) {
        takes.erase(id);
        if (take) takes.emplace(id, std::move(*take));
    }
    if (staged_->order) order = staged_->order->ids;
    state_.takes.clear();
    for (const std::int64_t id : order) {
        auto found = takes.extract(id);
        if (found.empty())
            return damaged(kTakesKey, fmt::format("take {} is missing or there twice", id));
        state_.takes.push_back(std::move(found.mapped()));
    }
    if (!takes.empty()) return damaged(takeKey({takes.begin()->first}), "it is in no list");
    return Status::success();
}

Result<ProjectState> StateBuilder::finish() && {
    for (Status (StateBuilder::*step)() :
         {&StateBuilder::finishTranscript, &StateBuilder::finishMask, &StateBuilder::finishTakes})
        if (Status done = (this->*step)(); !done) return std::move(done).error();
    std::int64_t highest = 0;
    for (const Take& take : state_.takes)
        highest = std::max(highest, take.id.value);
    for (const Marker& marker : state_.markers)
        highest = std::max(highest, marker.id.value);
    for (const Segment& segment : state_.segments)
        highest = std::max(highest, segment.id.value);
    state_.nextId = std::max(state_.nextId, highest + 1);
    return std::move(state_);
}

} // namespace gesture::project
