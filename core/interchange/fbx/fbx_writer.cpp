// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/fbx/fbx_writer.h"

#include "core/interchange/fbx/fbx_objects.h"
#include "core/interchange/file_names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace gesture::interchange {

namespace {

constexpr std::string_view kCreator = "Gesture Studio";
// Files hold a checksum of the time they were made; of this time it is known.
constexpr std::string_view kCreationTime = "1970-01-01 10:00:00:000";
constexpr std::string_view kFileId{
    "\x28\xb3\x2a\xeb\xb6\x24\xcc\xc2\xbf\xc8\xb0\x2a\xa9\x2b\xfc\xf1", 16};
constexpr FbxId kDocumentId = 999'999;
constexpr int kCustomMode = 14;

struct RateMode {
    double framesPerSecond;
    int mode;
};
constexpr std::array<RateMode, 8> kModes{
    {{24, 11}, {25, 10}, {30, 6}, {48, 5}, {50, 4}, {60, 3}, {100, 2}, {120, 1}}};

FbxNode headerExtension() {
    FbxNode header("FBXHeaderExtension");
    header.child("FBXHeaderVersion", std::int32_t{1003});
    header.child("FBXVersion", std::int32_t{7400});
    header.child("EncryptionType", std::int32_t{0});
    FbxNode& stamp = header.child("CreationTimeStamp");
    stamp.child("Version", std::int32_t{1000});
    stamp.child("Year", std::int32_t{1970});
    stamp.child("Month", std::int32_t{1});
    stamp.child("Day", std::int32_t{1});
    stamp.child("Hour", std::int32_t{10});
    stamp.child("Minute", std::int32_t{0});
    stamp.child("Second", std::int32_t{0});
    stamp.child("Millisecond", std::int32_t{0});
    header.child("Creator", kCreator);
    FbxNode& info = header.child("SceneInfo", fbxObjectName("GlobalInfo", "SceneInfo"), "UserData");
    info.child("Type", "UserData");
    info.child("Version", std::int32_t{100});
    FbxNode& data = info.child("MetaData");
    data.child("Version", std::int32_t{100});
    for (const char* field : {"Title", "Subject", "Author", "Keywords", "Revision", "Comment"})
        data.child(field, "");
    FbxProperties properties;
    properties.text("Original|ApplicationName", kCreator)
        .text("LastSaved|ApplicationName", kCreator);
    info.child(std::move(properties).node());
    return header;
}

std::int64_t lastTick(const Scene& scene) {
    std::int64_t last = 0;
    for (const SceneAnimation& animation : scene.animations)
        last = std::max(last, fbxTicks(animation, animation.frames - 1));
    return last;
}

FbxNode globalSettings(const Scene& scene) {
    const double rate = scene.animations.empty() ? 30.0 : scene.animations.front().framesPerSecond;
    FbxProperties properties;
    properties.integer("UpAxis", 1)
        .integer("UpAxisSign", 1)
        .integer("FrontAxis", 2)
        .integer("FrontAxisSign", 1)
        .integer("CoordAxis", 0)
        .integer("CoordAxisSign", 1)
        .integer("OriginalUpAxis", 1)
        .integer("OriginalUpAxisSign", 1)
        .number("UnitScaleFactor", 1.0)
        .number("OriginalUnitScaleFactor", 1.0)
        .enumeration("TimeMode", fbxTimeMode(rate))
        .time("TimeSpanStart", 0)
        .time("TimeSpanStop", lastTick(scene))
        .number("CustomFrameRate", rate);
    FbxNode settings("GlobalSettings");
    settings.child("Version", std::int32_t{1000});
    settings.child(std::move(properties).node());
    return settings;
}

FbxNode documents(const Scene& scene) {
    FbxNode node("Documents");
    node.child("Count", std::int32_t{1});
    FbxNode& document = node.child("Document", kDocumentId, fileName(scene.name, "scene"), "Scene");
    FbxProperties properties;
    properties.object("SourceObject")
        .text("ActiveAnimStackName",
              scene.animations.empty() ? "" : fileName(scene.animations.front().name, "motion"));
    document.child(std::move(properties).node());
    document.child("RootNode", std::int64_t{0});
    return node;
}

std::size_t channelsOf(const Scene& scene, const std::string& name) {
    std::size_t count = 0;
    for (const SceneMesh& mesh : scene.meshes)
        count += static_cast<std::size_t>(
            std::count_if(mesh.morphs.begin(), mesh.morphs.end(),
                          [&](const SceneMorph& morph) { return morph.name == name; }));
    return count;
}

/// How many objects of each type there will be.
std::vector<std::pair<std::string_view, std::size_t>> objectCounts(const Scene& scene) {
    const std::size_t joints = scene.joints.size();
    std::size_t geometries = scene.meshes.size();
    std::size_t deformers = 0;
    for (const SceneMesh& mesh : scene.meshes) {
        if (!mesh.influences.empty() && joints > 0) deformers += 1 + joints;
        if (!mesh.morphs.empty()) deformers += 1 + mesh.morphs.size();
        geometries += mesh.morphs.size();
    }
    std::size_t curves = 0;
    std::size_t curveNodes = 0;
    for (const SceneAnimation& animation : scene.animations) {
        const std::size_t places = joints + animation.movingJoints.size();
        std::size_t shapes = 0;
        for (const std::string& name : animation.morphNames)
            shapes += channelsOf(scene, name);
        curveNodes += places + shapes;
        curves += 3 * places + shapes;
    }
    const auto pictures = static_cast<std::size_t>(
        std::count_if(scene.materials.begin(), scene.materials.end(),
                      [](const SceneMaterial& m) { return !m.baseColourPng.empty(); }));
    return {{"GlobalSettings", 1},
            {"NodeAttribute", joints},
            {"Model", joints + scene.meshes.size()},
            {"Geometry", geometries},
            {"Material", scene.materials.size()},
            {"Texture", pictures},
            {"Video", pictures},
            {"Deformer", deformers},
            {"Pose", joints + scene.meshes.size() > 0 ? 1U : 0U},
            {"AnimationStack", scene.animations.size()},
            {"AnimationLayer", scene.animations.size()},
            {"AnimationCurveNode", curveNodes},
            {"AnimationCurve", curves}};
}

FbxNode definitions(const Scene& scene) {
    FbxNode node("Definitions");
    node.child("Version", std::int32_t{100});
    const auto counts = objectCounts(scene);
    std::size_t total = 0;
    for (const auto& [type, count] : counts)
        total += count;
    node.child("Count", static_cast<std::int32_t>(total));
    for (const auto& [type, count] : counts)
        if (count > 0)
            node.child("ObjectType", type).child("Count", static_cast<std::int32_t>(count));
    return node;
}

FbxNode takes(const Scene& scene) {
    FbxNode node("Takes");
    node.child("Current",
               scene.animations.empty() ? "" : fileName(scene.animations.front().name, "motion"));
    for (const SceneAnimation& animation : scene.animations) {
        const std::string name = fileName(animation.name, "motion");
        const std::int64_t last = fbxTicks(animation, animation.frames - 1);
        FbxNode& take = node.child("Take", name);
        take.child("FileName", name + ".tak");
        take.child("LocalTime", std::int64_t{0}, last);
        take.child("ReferenceTime", std::int64_t{0}, last);
    }
    return node;
}

Status writeHead(FbxFile& file, const Scene& scene) {
    std::vector<FbxNode> nodes;
    nodes.push_back(headerExtension());
    nodes.emplace_back("FileId").add(std::as_bytes(std::span(kFileId)));
    nodes.emplace_back("CreationTime", kCreationTime);
    nodes.emplace_back("Creator", kCreator);
    nodes.push_back(globalSettings(scene));
    nodes.push_back(documents(scene));
    nodes.emplace_back("References");
    nodes.push_back(definitions(scene));
    for (const FbxNode& node : nodes)
        if (Status written = file.write(node); !written) return written;
    return Status::success();
}

Status writeObjects(FbxDocument& document, JobControl& control) {
    if (Status written = document.file.open("Objects"); !written) return written;
    if (Status written = writeFbxSkeleton(document); !written) return written;
    if (Status written = writeFbxMeshes(document); !written) return written;
    for (const SceneAnimation& animation : document.scene.animations)
        if (Status written = writeFbxAnimation(document, animation, control); !written)
            return written;
    return document.file.close();
}

} // namespace

int fbxTimeMode(double framesPerSecond) {
    constexpr double kSame = 1e-6;
    for (const RateMode& known : kModes)
        if (std::abs(known.framesPerSecond - framesPerSecond) < kSame) return known.mode;
    return kCustomMode;
}

Status writeFbx(const Scene& scene, const std::filesystem::path& path, JobControl& control) {
    if (Status sound = checkScene(scene); !sound) return sound;
    auto file = FbxFile::create(path);
    if (!file) return std::move(file).error();
    if (Status written = writeHead(*file, scene); !written) return written;
    FbxDocument document{*file, scene};
    if (Status written = writeObjects(document, control); !written) return written;
    FbxNode connections("Connections");
    for (FbxNode& connection : document.connections)
        connections.child(std::move(connection));
    if (Status written = file->write(connections); !written) return written;
    if (Status written = file->write(takes(scene)); !written) return written;
    return file->commit();
}

} // namespace gesture::interchange
