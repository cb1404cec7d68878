// SPDX-License-Identifier: Apache-2.0
#include "core/project/command.h"

#include <fmt/format.h>
#include <utility>

namespace gesture::project {

namespace {

/// What a command is called.
struct Title {
    const char* kind;
    const char* name;
};

template <typename T>
constexpr Title kTitle{};
template <>
constexpr Title kTitle<SetName>{"project.name", "Rename project"};
template <>
constexpr Title kTitle<SetNotes>{"project.notes", "Edit notes"};
template <>
constexpr Title kTitle<SetTranscript>{"words.set", "Change words"};
template <>
constexpr Title kTitle<MoveWord>{"words.move", "Move word"};
template <>
constexpr Title kTitle<RenameWord>{"words.rename", "Correct word"};
template <>
constexpr Title kTitle<AddTakes>{"take.add", "Add takes"};
template <>
constexpr Title kTitle<ReplaceTake>{"take.replace", "Regenerate"};
template <>
constexpr Title kTitle<RenameTake>{"take.rename", "Rename take"};
template <>
constexpr Title kTitle<StarTake>{"take.star", "Star take"};
template <>
constexpr Title kTitle<FreezeTake>{"take.freeze", "Freeze take"};
template <>
constexpr Title kTitle<MoveTake>{"take.move", "Move take"};
template <>
constexpr Title kTitle<SetComposition>{"composition.set", "Merge parts"};
template <>
constexpr Title kTitle<SetMaskOptions>{"mask.options", "Mask options"};
template <>
constexpr Title kTitle<PutPreset>{"preset.put", "Keep mask preset"};
template <>
constexpr Title kTitle<RemovePreset>{"preset.remove", "Remove mask preset"};
template <>
constexpr Title kTitle<RemoveMarker>{"marker.remove", "Remove marker"};
template <>
constexpr Title kTitle<RemoveSegment>{"segment.remove", "Remove segment"};
template <>
constexpr Title kTitle<PutPin>{"pin.put", "Pin pose"};
template <>
constexpr Title kTitle<RemovePin>{"pin.remove", "Remove pin"};
template <>
constexpr Title kTitle<SetThresholds>{"thresholds.set", "Change threshold"};
template <>
constexpr Title kTitle<SetPartWeights>{"weights.set", "Change part weights"};
template <>
constexpr Title kTitle<SetRoot>{"root.set", "Root motion"};
template <>
constexpr Title kTitle<SetPartTuning>{"tuning.part", "Tune"};
template <>
constexpr Title kTitle<SetFaceFactor>{"tuning.face", "Tune face"};
template <>
constexpr Title kTitle<ResetTuning>{"tuning.reset", "Reset tuning"};
template <>
constexpr Title kTitle<SetGates>{"gates.set", "Change gate"};
template <>
constexpr Title kTitle<SetGenerate>{"generate.set", "Generate settings"};
template <>
constexpr Title kTitle<RevertTo>{"project.revert", "Revert to opened"};

// Commands whose title depends on what they do.
template <typename T>
Title titleOf(const T&) {
    return kTitle<T>;
}
Title titleOf(const SetAudio& command) {
    switch (command.why) {
    case SetAudio::Why::Chosen:
        return {"audio.set", "Choose audio"};
    case SetAudio::Why::Collected:
        return {"audio.collect", "Collect audio"};
    case SetAudio::Why::Found:
        return {"audio.find", "Find audio"};
    }
    return {"audio.set", "Choose audio"};
}
Title titleOf(const DeleteTake& command) {
    return command.deleted ? Title{"take.delete", "Delete take"}
                           : Title{"take.restore", "Restore take"};
}
Title titleOf(const PaintMask& command) {
    return command.brush == PaintMask::Brush::Paint ? Title{"mask.paint", "Paint mask"}
                                                    : Title{"mask.erase", "Erase mask"};
}
Title titleOf(const PutMarker& command) {
    return command.marker.id ? Title{"marker.change", "Change marker"}
                             : Title{"marker.add", "Add marker"};
}
Title titleOf(const PutSegment& command) {
    return command.segment.id ? Title{"segment.change", "Change segment"}
                              : Title{"segment.add", "Name segment"};
}
Title titleOf(const SetMask& command) { return {"mask.set", command.name.c_str()}; }
Title titleOf(const Several& command) { return {"several", command.name.c_str()}; }

std::string idText(const char* what, ItemId id) { return fmt::format("{}/{}", what, id.value); }

template <typename T>
std::string target(const T&) {
    return {};
}
std::string target(const MoveWord& command) { return fmt::format("word/{}", command.index); }
std::string target(const RenameWord& command) { return fmt::format("word/{}", command.index); }
std::string target(const ReplaceTake& command) { return idText("take", command.take.id); }
std::string target(const RenameTake& command) { return idText("take", command.id); }
std::string target(const StarTake& command) { return idText("take", command.id); }
std::string target(const FreezeTake& command) { return idText("take", command.id); }
std::string target(const DeleteTake& command) { return idText("take", command.id); }
std::string target(const MoveTake& command) { return idText("take", command.id); }
std::string target(const PutPreset& command) { return command.preset.name; }
std::string target(const PutMarker& command) { return idText("marker", command.marker.id); }
std::string target(const PutSegment& command) { return idText("segment", command.segment.id); }
std::string target(const PutPin& command) { return fmt::format("pin/{}", command.pin.frame.value); }
std::string target(const SetComposition& command) {
    return std::string(motion::nameOf(command.part));
}
std::string target(const SetPartTuning& command) {
    return std::string(motion::nameOf(command.part));
}
std::string target(const SetFaceFactor& command) { return command.group; }

} // namespace

std::string kindOf(const Command& command) {
    return std::visit([](const auto& typed) { return std::string(titleOf(typed).kind); },
                      command.what);
}

std::string nameOf(const Command& command) {
    return std::visit([](const auto& typed) { return std::string(titleOf(typed).name); },
                      command.what);
}

std::string targetOf(const Command& command) {
    return std::visit([](const auto& typed) { return target(typed); }, command.what);
}

} // namespace gesture::project
