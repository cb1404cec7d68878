// SPDX-License-Identifier: Apache-2.0
#include "core/project/command.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace gesture::project {

namespace {

Error notFound(std::string_view what) {
    return {ErrorCode::NotFound, fmt::format("There is no such {} in the project any more.", what)};
}

Error invalid(std::string what) { return {ErrorCode::InvalidInput, std::move(what)}; }

Result<Take*> takeOf(ProjectState& state, ItemId id) {
    const auto found = std::find_if(state.takes.begin(), state.takes.end(),
                                    [&](const Take& take) { return take.id == id; });
    if (found == state.takes.end()) return notFound("take");
    return &*found;
}

/// Adds an item or replaces the one with its id; the list stays in the order of `position`.
template <typename T, typename Position>
Status put(std::vector<T>& items, T item, std::int64_t& nextId, Position position) {
    if (item.id) {
        const auto old = std::find_if(items.begin(), items.end(),
                                      [&](const T& other) { return other.id == item.id; });
        if (old == items.end()) return notFound("marker or segment");
        items.erase(old);
    } else {
        item.id = {nextId++};
    }
    const auto place =
        std::upper_bound(items.begin(), items.end(), item,
                         [&](const T& a, const T& b) { return position(a) < position(b); });
    items.insert(place, std::move(item));
    return Status::success();
}

template <typename T>
Status removeById(std::vector<T>& items, ItemId id) {
    if (std::erase_if(items, [&](const T& item) { return item.id == id; }) == 0)
        return notFound("marker or segment");
    return Status::success();
}

/// A mask of the wanted length with what was masked.
inference::EditMask resized(const inference::EditMask& mask, std::int64_t frames) {
    inference::EditMask longer(frames);
    for (int part = 0; part < motion::kBodyPartCount; ++part) {
        inference::PartSet only{};
        only.values[static_cast<std::size_t>(part)] = true;
        for (const FrameRange& run : mask.runs(static_cast<motion::BodyPart>(part)))
            longer.paint(run, only);
    }
    return longer;
}

Status apply(const SetName& command, ProjectState& state) {
    state.name = command.name;
    return Status::success();
}

Status apply(const SetNotes& command, ProjectState& state) {
    state.notes = command.notes;
    return Status::success();
}

Status apply(const SetAudio& command, ProjectState& state) {
    state.audio = command.audio;
    return Status::success();
}

Status apply(const SetTranscript& command, ProjectState& state) {
    if (Status valid = audio::validate(command.transcript); !valid) return valid;
    state.transcript = command.transcript;
    state.wordsSource = command.source;
    return Status::success();
}

Status apply(const MoveWord& command, ProjectState& state) {
    audio::Transcript transcript = *state.transcript;
    auto& words = transcript.words;
    if (command.index >= words.size()) return notFound("word");
    words[command.index].begin = command.begin;
    words[command.index].end = command.end;
    if (command.index > 0) {
        Seconds& before = words[command.index - 1].end;
        before = std::min(before, command.begin);
    }
    if (command.index + 1 < words.size()) {
        Seconds& after = words[command.index + 1].begin;
        after = std::max(after, command.end);
    }
    if (transcript.duration.value > 0)
        transcript.duration = std::max(transcript.duration, command.end);
    if (Status valid = audio::validate(transcript); !valid) return valid;
    state.transcript = std::move(transcript);
    return Status::success();
}

Status apply(const RenameWord& command, ProjectState& state) {
    audio::Transcript transcript = *state.transcript;
    if (command.index >= transcript.words.size()) return notFound("word");
    transcript.words[command.index].text = command.text;
    state.transcript = std::move(transcript);
    return Status::success();
}

Status apply(const AddTakes& command, ProjectState& state) {
    if (command.takes.empty()) return Status::success();
    const Take* before = chosenTake(state);
    const ItemId source = before != nullptr ? before->id : ItemId{};
    const ItemId first{state.nextId};
    for (Take take : command.takes) {
        if (take.motion.empty()) return invalid("A take without motion cannot be added.");
        take.id = {state.nextId++};
        state.takes.push_back(std::move(take));
    }
    if (command.choose == AddTakes::Choose::Yes) state.choice = {first, source};
    return Status::success();
}

Status apply(const ReplaceTake& command, ProjectState& state) {
    auto take = takeOf(state, command.take.id);
    if (!take) return std::move(take).error();
    **take = command.take;
    return Status::success();
}

Status apply(const RenameTake& command, ProjectState& state) {
    auto take = takeOf(state, command.id);
    if (!take) return std::move(take).error();
    (*take)->name = command.name;
    return Status::success();
}

Status apply(const StarTake& command, ProjectState& state) {
    auto take = takeOf(state, command.id);
    if (!take) return std::move(take).error();
    (*take)->starred = command.starred;
    return Status::success();
}

Status apply(const FreezeTake& command, ProjectState& state) {
    auto take = takeOf(state, command.id);
    if (!take) return std::move(take).error();
    (*take)->frozen = command.frozen;
    return Status::success();
}

Status apply(const DeleteTake& command, ProjectState& state) {
    auto take = takeOf(state, command.id);
    if (!take) return std::move(take).error();
    (*take)->deleted = command.deleted;
    if (!command.deleted) return Status::success();
    if (state.choice.b == command.id) state.choice.b = {};
    if (state.choice.a == command.id) {
        state.choice.a = {};
        const Take* next = chosenTake(state);
        if (next != nullptr) state.choice.a = next->id;
        if (state.choice.a == state.choice.b) state.choice.b = {};
    }
    return Status::success();
}

Status apply(const MoveTake& command, ProjectState& state) {
    auto take = takeOf(state, command.id);
    if (!take) return std::move(take).error();
    Take moved = std::move(**take);
    state.takes.erase(state.takes.begin() + (*take - state.takes.data()));
    const std::size_t place = std::min(command.position, state.takes.size());
    state.takes.insert(state.takes.begin() + static_cast<std::ptrdiff_t>(place), std::move(moved));
    return Status::success();
}

Status apply(const SetComposition& command, ProjectState& state) {
    FrameIndex last{0};
    for (const CompositionStretch& stretch : command.stretches) {
        if (findTake(state, stretch.take) == nullptr) return notFound("take");
        if (stretch.range.begin < last || stretch.range.empty())
            return invalid("Stretches of takes must follow each other without overlap.");
        last = stretch.range.end;
    }
    state.composition[command.part] = command.stretches;
    return Status::success();
}

Status apply(const PaintMask& command, ProjectState& state) {
    const std::int64_t frames = std::max<std::int64_t>(command.frames, 0);
    if (frames > kMaxFrames) return invalid("The clip is too long for a mask.");
    inference::EditMask mask = frames == 0 || frames == state.mask->frameCount()
                                   ? *state.mask
                                   : resized(*state.mask, frames);
    if (command.brush == PaintMask::Brush::Paint)
        mask.paint(command.range, command.parts);
    else
        mask.erase(command.range, command.parts);
    state.mask = std::move(mask);
    return Status::success();
}

Status apply(const SetMask& command, ProjectState& state) {
    state.mask = command.mask;
    return Status::success();
}

Status apply(const SetMaskOptions& command, ProjectState& state) {
    state.maskOptions = command.options;
    return Status::success();
}

Status apply(const PutPreset& command, ProjectState& state) {
    const auto old =
        std::find_if(state.presets.begin(), state.presets.end(),
                     [&](const MaskPreset& preset) { return preset.name == command.preset.name; });
    if (old != state.presets.end())
        *old = command.preset;
    else
        state.presets.push_back(command.preset);
    return Status::success();
}

Status apply(const RemovePreset& command, ProjectState& state) {
    if (std::erase_if(state.presets,
                      [&](const MaskPreset& preset) { return preset.name == command.name; }) == 0)
        return notFound("mask preset");
    return Status::success();
}

Status apply(const PutMarker& command, ProjectState& state) {
    return put(state.markers, command.marker, state.nextId,
               [](const Marker& marker) { return marker.frame; });
}

Status apply(const RemoveMarker& command, ProjectState& state) {
    return removeById(state.markers, command.id);
}

Status apply(const PutSegment& command, ProjectState& state) {
    if (command.segment.range.empty()) return invalid("A segment needs at least one frame.");
    return put(state.segments, command.segment, state.nextId,
               [](const Segment& segment) { return segment.range.begin; });
}

Status apply(const RemoveSegment& command, ProjectState& state) {
    return removeById(state.segments, command.id);
}

Status apply(const PutPin& command, ProjectState& state) {
    std::erase_if(state.pins, [&](const auto& pin) { return pin.frame == command.pin.frame; });
    const auto place = std::upper_bound(
        state.pins.begin(), state.pins.end(), command.pin.frame,
        [](FrameIndex frame, const inference::PinnedPose& pin) { return frame < pin.frame; });
    state.pins.insert(place, command.pin);
    return Status::success();
}

Status apply(const RemovePin& command, ProjectState& state) {
    if (std::erase_if(state.pins, [&](const auto& pin) { return pin.frame == command.frame; }) == 0)
        return notFound("pin");
    return Status::success();
}

Status apply(const SetThresholds& command, ProjectState& state) {
    state.thresholds = command.thresholds;
    return Status::success();
}

Status apply(const SetPartWeights& command, ProjectState& state) {
    state.partWeights = command.weights;
    return Status::success();
}

Status apply(const SetRoot& command, ProjectState& state) {
    state.root = command.root;
    return Status::success();
}

Status apply(const SetPartTuning& command, ProjectState& state) {
    state.tuning.parts[command.part] = command.tuning;
    return Status::success();
}

Status apply(const SetFaceFactor& command, ProjectState& state) {
    if (command.factor == 1.0)
        state.tuning.face.erase(command.group);
    else
        state.tuning.face[command.group] = command.factor;
    return Status::success();
}

Status apply(const ResetTuning& command, ProjectState& state) {
    for (int i = 0; i < motion::kBodyPartCount; ++i) {
        const auto part = static_cast<motion::BodyPart>(i);
        if (command.parts[part]) state.tuning.parts[part] = {};
    }
    if (command.parts[motion::BodyPart::Face]) state.tuning.face.clear();
    return Status::success();
}

Status apply(const SetGates& command, ProjectState& state) {
    state.gates = command.gates;
    return Status::success();
}

Status apply(const SetGenerate& command, ProjectState& state) {
    state.generate = command.settings;
    return Status::success();
}

Status apply(const RevertTo& command, ProjectState& state) {
    ProjectState back = command.state;
    back.analyses = std::move(state.analyses);
    back.view = std::move(state.view);
    back.nextId = std::max(back.nextId, state.nextId);
    state = std::move(back);
    return Status::success();
}

Status apply(const Several& command, ProjectState& state) {
    for (const Command& part : command.commands) {
        auto next = applied(part, std::move(state));
        if (!next) return std::move(next).error();
        state = std::move(*next);
    }
    return Status::success();
}

} // namespace

Result<ProjectState> applied(const Command& command, ProjectState state) {
    const Status done =
        std::visit([&](const auto& typed) { return apply(typed, state); }, command.what);
    if (!done) return done.error();
    return state;
}

} // namespace gesture::project
