// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/interchange/character_scene.h"
#include "core/interchange/root_mode.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::interchange {

// What leaves the program, decided before anything is written: shared by the command line and
// dialogs.

/// Kinds of files; the end of a name says which.
enum class ExportFormat : std::uint8_t {
    Fbx,      ///< .fbx
    Bvh,      ///< .bvh
    Glb,      ///< .glb
    Motion,   ///< .npz: BEAT2 and SMPL-X layout
    ArkitCsv, ///< .arkit.csv: Live Link Face
    FaceCsv,  ///< .face.csv
    JointCsv, ///< .joints.csv, and every other .csv
    Json,     ///< .json: joints and face
};

/// A format for people and for dialogs.
struct ExportFormatInfo {
    ExportFormat format;
    std::string_view ending; ///< With the dot: ".arkit.csv".
    std::string_view what;   ///< "FBX (mesh, bones, face shapes)".
    bool mesh = false;       ///< Can hold the mesh.
    bool face = false;       ///< Can hold the face.
};
[[nodiscard]] std::span<const ExportFormatInfo> exportFormats();
[[nodiscard]] const ExportFormatInfo& infoOf(ExportFormat format);
/// By the end of the name, upper or lower case; nothing for other names.
[[nodiscard]] std::optional<ExportFormat> exportFormatOf(const std::filesystem::path& path);
/// ".fbx, .bvh, …", for messages.
[[nodiscard]] std::string exportEndingList();

/// What the user wants of all files of an export.
struct ExportSettings {
    JointNaming names = JointNaming::Smplx;
    bool mesh = true;
    bool face = true;
    bool rootBone = false;
    RootMode root = RootMode::Full;
    std::optional<FrameRate> rate;   ///< The motion's own without.
    std::optional<FrameRange> range; ///< The whole motion without.

    bool operator==(const ExportSettings&) const = default;
};

/// Settings that a program likes, and the file to give it.
struct TargetProgram {
    std::string_view id;   ///< "unreal"
    std::string_view name; ///< "Unreal Engine"
    ExportFormat format;
    ExportSettings settings;
    std::string_view hint; ///< One sentence: how to open the file there.
};
/// Blender, Maya, MotionBuilder, Unity, Unreal, Godot and the web, VRM programs.
[[nodiscard]] std::span<const TargetProgram> targetPrograms();

/// A stretch with a name, exported as a file of its own.
struct ExportSegment {
    std::string name;
    FrameRange range;
};

/// One file that will be written.
struct ExportItem {
    std::filesystem::path path;
    ExportFormat format = ExportFormat::Fbx;
    std::string name; ///< Of the motion in it.
    FrameRange range; ///< Frames of the clip.
    FrameRate rate;   ///< Of the file.
    std::int64_t frames = 0;
};

struct ExportPlan {
    ExportSettings settings;
    std::vector<ExportItem> items;
    std::vector<std::string> notes; ///< What the user should know, a sentence each.
};

/// What an export is made of.
struct ExportRequest {
    ExportSettings settings;
    std::vector<std::filesystem::path> outputs;
    /// Not empty: every output becomes one file a segment, "walk-NAME.fbx".
    std::vector<ExportSegment> segments;
    std::string name = "motion";
};

/// Decides what will be written. Usage for a name whose end is no format, for the same file twice,
/// and for segments with a range; InvalidInput for ranges outside of the clip or impossible rates.
[[nodiscard]] Result<ExportPlan> planExport(const motion::Clip& clip, const io::Avatar& avatar,
                                            const ExportRequest& request);

/// The plan in words, a line a file: "walk.fbx: FBX, 192 frames at 30 fps (6.4 s), mesh, face".
[[nodiscard]] std::vector<std::string> describe(const ExportPlan& plan);

/// What `runExport` needs besides the plan.
struct ExportSource {
    CharacterSource character;
    /// With ARKit's units, for the face's own files; null: they are made of `character`'s avatar.
    const io::Avatar* faceAvatar = nullptr;
    std::string provenance; ///< A line of JSON for motion files; may be empty.
};

/// Writes the files in order, each atomically; what was finished before a failure stays. Returns
/// remarks that came up (where the face comes from). Cancelled, Io, …; the message names the file.
[[nodiscard]] Result<std::vector<std::string>>
runExport(const ExportPlan& plan, const ExportSource& source, JobControl& control);

} // namespace gesture::interchange
