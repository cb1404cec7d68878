// SPDX-License-Identifier: Apache-2.0
#include "tests/core/project/random_edits.h"

#include "tests/core/project/example_project.h"

#include <fmt/format.h>

namespace gesture::test {

using namespace project;
using motion::BodyPart;

std::int64_t RandomEdits::below(std::int64_t end) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(end));
}

FrameRange RandomEdits::range() {
    const std::int64_t begin = below(9000);
    return {{begin}, {begin + 1 + below(300)}};
}

ItemId RandomEdits::anyTake(const ProjectState& state) {
    return state.takes[static_cast<std::size_t>(below(std::ssize(state.takes)))].id;
}

Command RandomEdits::maskCommand(const ProjectState& state) {
    constexpr std::int64_t kFrames = 9300;
    inference::PartSet parts{};
    parts.values[static_cast<std::size_t>(below(4))] = true;
    switch (below(4)) {
    case 0: {
        inference::EditMask mask =
            state.mask->frameCount() == 0 ? inference::EditMask(kFrames) : *state.mask;
        mask.invert(parts);
        return SetMask{mask, "Invert mask"};
    }
    case 1:
        return PaintMask{range(), parts, PaintMask::Brush::Erase, kFrames};
    default:
        return PaintMask{range(), parts, PaintMask::Brush::Paint, kFrames};
    }
}

Command RandomEdits::takeCommand(const ProjectState& state) {
    const std::int64_t what = state.takes.empty() ? 0 : below(8);
    switch (what) {
    case 0:
    case 1:
        if (state.takes.size() < 40)
            return AddTakes{{exampleTake(fmt::format("t{}", below(100)))}, AddTakes::Choose::Yes};
        return StarTake{anyTake(state), below(2) == 0};
    case 2:
        return RenameTake{anyTake(state), fmt::format("name {}", below(1000))};
    case 3:
        return DeleteTake{anyTake(state)};
    case 4:
        return MoveTake{anyTake(state), static_cast<std::size_t>(below(40))};
    case 5: {
        Take take = *findTake(state, anyTake(state));
        take.motion = hashFor(fmt::format("motion {}", below(1000)));
        return ReplaceTake{take};
    }
    case 6:
        return SetComposition{BodyPart::Hands, {{range(), anyTake(state)}}};
    default:
        return Several{"Regenerate",
                       {StarTake{anyTake(state), true}, SetMask{inference::EditMask(), "Clear"}}};
    }
}

Command RandomEdits::listCommand(const ProjectState& state) {
    switch (below(6)) {
    case 0:
        if (!state.markers.empty()) return RemoveMarker{state.markers.front().id};
        [[fallthrough]];
    case 1:
        return PutMarker{{{}, {below(9000)}, "marker"}};
    case 2:
        if (!state.segments.empty()) return RemoveSegment{state.segments.back().id};
        [[fallthrough]];
    case 3:
        return PutSegment{{{}, range(), "segment"}};
    case 4: {
        inference::PinnedPose pin;
        pin.frame = {below(20)};
        pin.joints = {20};
        pin.pose.assign(motion::kPoseSize, static_cast<float>(below(100)) / 64.0F);
        return PutPin{pin};
    }
    default:
        return PutPreset{
            {fmt::format("preset {}", below(5)), fmt::format("random:{}%", below(99))}};
    }
}

Command RandomEdits::valueCommand(const ProjectState& state) {
    const double value = static_cast<double>(below(1000)) / 1000.0;
    const std::int64_t words = std::ssize(state.transcript->words);
    switch (below(9)) {
    case 0:
        return SetName{fmt::format("Project {}", below(1000))};
    case 1:
        return SetNotes{fmt::format("Notes {}", below(1000))};
    case 2:
        if (words == 0) return SetTranscript{exampleTranscript(300), "test"};
        return RenameWord{static_cast<std::size_t>(below(words)), fmt::format("w{}", below(1000))};
    case 3: {
        Thresholds thresholds;
        thresholds.semantic = value;
        return SetThresholds{thresholds};
    }
    case 4:
        return SetRoot{static_cast<inference::RootMotion>(below(4))};
    case 5:
        return SetPartTuning{BodyPart::Hands, {{{{below(300)}, value}}, {}, value}};
    case 6:
        return SetFaceFactor{fmt::format("group {}", below(4)), value};
    case 7:
        return SetGates{{{{range(), Gate::Base}}, value}};
    default: {
        GenerateSettings settings = state.generate;
        settings.options.seed = static_cast<std::uint64_t>(below(1000));
        return SetGenerate{settings};
    }
    }
}

Command RandomEdits::command(const ProjectState& state) {
    switch (below(4)) {
    case 0:
        return maskCommand(state);
    case 1:
        return takeCommand(state);
    case 2:
        return listCommand(state);
    default:
        return valueCommand(state);
    }
}

Status RandomEdits::step(Project& project) {
    const std::int64_t what = below(10);
    if (what == 0 && project.undoEntry()) return project.undo();
    if (what == 1 && project.redoEntry()) return project.redo();
    if (below(3) == 0) ++gesture_;
    return project.perform(command(project.state()), {below(2) == 0 ? 0 : gesture_ + 1});
}

} // namespace gesture::test
