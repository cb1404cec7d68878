// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/export_plan.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace gesture::interchange {

namespace {

constexpr std::array<ExportFormatInfo, 9> kFormats{
    {{ExportFormat::Fbx, ".fbx", "FBX (mesh, bones, face shapes)", true, true},
     {ExportFormat::Glb, ".glb", "glTF (mesh, bones, face shapes)", true, true},
     {ExportFormat::Bvh, ".bvh", "BVH (bones)", false, false},
     {ExportFormat::Motion, ".npz", "motion in SMPL-X layout", false, true},
     {ExportFormat::ArkitCsv, ".arkit.csv", "ARKit face for Live Link Face", false, true},
     {ExportFormat::FaceCsv, ".face.csv", "face units as a table", false, true},
     {ExportFormat::JointCsv, ".joints.csv", "joints as a table", false, false},
     {ExportFormat::JointCsv, ".csv", "joints as a table", false, false},
     {ExportFormat::Json, ".json", "joints and face as JSON", false, true}}};

constexpr ExportSettings settingsFor(JointNaming names, bool rootBone = false) {
    ExportSettings settings;
    settings.names = names;
    settings.rootBone = rootBone;
    return settings;
}

const std::array<TargetProgram, 7>& programs() {
    static const std::array<TargetProgram, 7> table{
        {{"blender", "Blender", ExportFormat::Glb, settingsFor(JointNaming::Smplx),
          "File > Import > glTF 2.0; FBX with 'Automatic Bone Orientation' off works as well."},
         {"maya", "Maya", ExportFormat::Fbx, settingsFor(JointNaming::Mixamo),
          "File > Import with the FBX plug-in loaded; HumanIK's Mixamo template knows the names."},
         {"motionbuilder", "MotionBuilder", ExportFormat::Fbx, settingsFor(JointNaming::Mixamo),
          "File > Open; characterize with the Mixamo name template."},
         {"unity", "Unity", ExportFormat::Fbx, settingsFor(JointNaming::Mixamo),
          "Drop the file into Assets, then Rig > Animation Type > Humanoid."},
         {"unreal", "Unreal Engine", ExportFormat::Fbx, settingsFor(JointNaming::Unreal, true),
          "Import as a skeletal mesh with 'Import Morph Targets' and animation on."},
         {"web", "Godot, three.js", ExportFormat::Glb, settingsFor(JointNaming::Mixamo),
          "The file opens as it is."},
         {"vrm", "VRM programs", ExportFormat::Glb, settingsFor(JointNaming::Vrm),
          "Bones have the names of VRM's humanoid; give the file to a VRM converter."}}};
    return table;
}

bool endsWith(const std::string& text, std::string_view ending) {
    return text.size() > ending.size() &&
           std::string_view(text).substr(text.size() - ending.size()) == ending;
}

} // namespace

std::span<const ExportFormatInfo> exportFormats() { return kFormats; }

const ExportFormatInfo& infoOf(ExportFormat format) {
    return *std::find_if(kFormats.begin(), kFormats.end(),
                         [&](const ExportFormatInfo& info) { return info.format == format; });
}

std::optional<ExportFormat> exportFormatOf(const std::filesystem::path& path) {
    std::string name = path.filename().string();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const ExportFormatInfo& info : kFormats) // long endings stand before their own ends
        if (endsWith(name, info.ending)) return info.format;
    return std::nullopt;
}

std::string exportEndingList() {
    std::string list;
    for (const ExportFormatInfo& info : kFormats) {
        if (!list.empty()) list += ", ";
        list += info.ending;
    }
    return list;
}

std::span<const TargetProgram> targetPrograms() { return programs(); }

} // namespace gesture::interchange
