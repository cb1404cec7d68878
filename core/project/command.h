// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/project/project_state.h"

#include <concepts>
#include <string>
#include <variant>
#include <vector>

namespace gesture::project {

// What is done to a project: values. `apply` makes the state after out of the state before; the
// rows in which the two differ are what undo and redo need, and what the file keeps.

struct SetName {
    std::string name;
};
struct SetNotes {
    std::string notes;
};
/// Another sound, or the same one at another place or inside the project.
struct SetAudio {
    enum class Why { Chosen, Collected, Found };
    AudioReference audio;
    Why why = Why::Chosen;
};

struct SetTranscript {
    audio::Transcript transcript;
    std::string source;
};
/// Moves the ends of a word; a neighbour that is in the way gives way.
struct MoveWord {
    std::size_t index = 0;
    Seconds begin;
    Seconds end;
};
struct RenameWord {
    std::size_t index = 0;
    std::string text;
};

/// Adds takes at the end of the list; their ids are nextId, nextId + 1, … in their order.
struct AddTakes {
    enum class Choose { No, Yes };
    std::vector<Take> takes;
    /// Yes: the first of them becomes A, and what was A becomes B.
    Choose choose = Choose::Yes;
};
/// Puts another motion (or recipe, …) into a take.
struct ReplaceTake {
    Take take;
};
struct RenameTake {
    ItemId id;
    std::string name;
};
struct StarTake {
    ItemId id;
    bool starred = true;
};
struct FreezeTake {
    ItemId id;
    bool frozen = true;
};
/// Out of the list, or back into it; its motion stays until the history is thrown away.
struct DeleteTake {
    ItemId id;
    bool deleted = true;
};
struct MoveTake {
    ItemId id;
    std::size_t position = 0;
};
/// Which takes count in a part: stretches in order, without overlap.
struct SetComposition {
    motion::BodyPart part = motion::BodyPart::Upper;
    std::vector<CompositionStretch> stretches;
};

struct PaintMask {
    enum class Brush { Paint, Erase };
    FrameRange range;
    inference::PartSet parts = inference::kAllParts;
    Brush brush = Brush::Paint;
    std::int64_t frames = 0; ///< Of the clip: the mask is made that long.
};
/// A mask that was built; `name` says how: "Invert mask", "Mask by score".
struct SetMask {
    inference::EditMask mask;
    std::string name = "Change mask";
};
struct SetMaskOptions {
    MaskOptions options;
};
/// Adds a preset or replaces the one of its name.
struct PutPreset {
    MaskPreset preset;
};
struct RemovePreset {
    std::string name;
};

/// Without an id: a new one.
struct PutMarker {
    Marker marker;
};
struct RemoveMarker {
    ItemId id;
};
struct PutSegment {
    Segment segment;
};
struct RemoveSegment {
    ItemId id;
};
/// Adds a pin or replaces the one at its frame.
struct PutPin {
    inference::PinnedPose pin;
};
struct RemovePin {
    FrameIndex frame;
};

struct SetThresholds {
    Thresholds thresholds;
};
struct SetPartWeights {
    inference::PerPart<double> weights;
};
struct SetRoot {
    inference::RootMotion root = inference::RootMotion::Full;
};
struct SetPartTuning {
    motion::BodyPart part = motion::BodyPart::Upper;
    PartTuning tuning;
};
struct SetFaceFactor {
    std::string group;
    double factor = 1.0;
};
struct ResetTuning {
    inference::PartSet parts = inference::kAllParts;
};
struct SetGates {
    Gates gates;
};
struct SetGenerate {
    GenerateSettings settings;
};

/// Back to a state; what is outside of the history stays.
struct RevertTo {
    ProjectState state;
};

struct Command;
/// Several commands as one step.
struct Several {
    std::string name;
    std::vector<Command> commands;
};

struct Command {
    using Variant =
        std::variant<SetName, SetNotes, SetAudio, SetTranscript, MoveWord, RenameWord, AddTakes,
                     ReplaceTake, RenameTake, StarTake, FreezeTake, DeleteTake, MoveTake,
                     SetComposition, PaintMask, SetMask, SetMaskOptions, PutPreset, RemovePreset,
                     PutMarker, RemoveMarker, PutSegment, RemoveSegment, PutPin, RemovePin,
                     SetThresholds, SetPartWeights, SetRoot, SetPartTuning, SetFaceFactor,
                     ResetTuning, SetGates, SetGenerate, RevertTo, Several>;
    Variant what;

    template <typename T>
    requires std::constructible_from<Variant, T&&> Command(T&& command)
        : what(std::forward<T>(command)) {}
};

/// What the file and translations know a command by: "mask.paint".
[[nodiscard]] std::string kindOf(const Command& command);
/// For people: "Paint mask".
[[nodiscard]] std::string nameOf(const Command& command);
/// Steps of one drag are one step of the history when they have the same kind and target: "take/3".
[[nodiscard]] std::string targetOf(const Command& command);

/// The state after the command. NotFound when it names a take, a word, … that is not there;
/// InvalidInput for what contradicts itself. The sentence is for people.
[[nodiscard]] Result<ProjectState> applied(const Command& command, ProjectState state);

} // namespace gesture::project
