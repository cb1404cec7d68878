// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/foreign_motion.h"
#include "core/interchange/fbx/fbx_writer.h"
#include "core/interchange/gltf/glb_writer.h"
#include "core/interchange/import/rig_client.h"
#include "core/interchange/retarget/bone_map_guess.h"
#include "core/interchange/retarget/retarget.h"
#include "core/motion/average_skeleton.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

struct RetargetArguments {
    std::string motion;
    std::string rig;
    std::string output;
    std::string map;
    bool printMap = false;
    bool rootMotion = false;
    bool freeFeet = false;
};

Status checkOutput(const RetargetArguments& arguments) {
    if (arguments.motion.empty() || arguments.output.empty())
        return Error{ErrorCode::Usage, "Name a motion and, with -o, where the character goes "
                                       "(.fbx or .glb); or ask for --print-map."};
    const std::string extension = fs::path(arguments.output).extension().string();
    if (extension == ".fbx" || extension == ".glb") return Status::success();
    return Error{ErrorCode::Usage,
                 fmt::format("'{}': characters are written as .fbx or .glb.", arguments.output)};
}

Status write(const interchange::Scene& scene, const fs::path& path, JobControl& job) {
    if (path.extension() == ".fbx") return interchange::writeFbx(scene, path, job);
    return interchange::writeGlb(scene, path, {}, job);
}

Status printMap(const interchange::Scene& rig, const interchange::BoneMap& map, Console& console) {
    const std::string text = interchange::boneMapJson(map, rig.joints);
    console.object(nlohmann::json::parse(text));
    console.line(text);
    return Status::success();
}

/// Bones of the map, for the line at the end.
std::size_t countBones(const interchange::BoneMap& map) {
    std::size_t count = map.spine.size() + map.neck.size();
    for (const int bone : map.bones)
        count += bone == interchange::BoneMap::kNone ? 0 : 1;
    return count;
}

/// Puts the motion onto the character and says how much of it took part.
Status retarget(const motion::Clip& clip, const RetargetArguments& arguments,
                interchange::Scene& rig, const interchange::BoneMap& map, Console& console) {
    JobControl job = console.job();
    const std::string name = "'" + arguments.rig + "'";
    if (Status complete = interchange::checkBoneMap(map, rig.joints); !complete)
        return std::move(complete).error().withContext(name);
    if (Status stands = interchange::standUpright(rig, map); !stands)
        return std::move(stands).error().withContext(name);
    interchange::RetargetOptions options;
    if (arguments.rootMotion) options.root = interchange::RootMotion::Root;
    if (arguments.freeFeet) options.feet = interchange::FootContact::Free;
    const interchange::BodySize body{motion::averageRestJoints(),
                                     static_cast<double>(motion::kAverageSoleHeight)};
    auto animation = interchange::retargetClip(clip, body, rig, map, options, job);
    if (!animation) return std::move(animation).error().withContext(name);
    animation->name = fs::path(arguments.motion).stem().string();
    rig.animations = {std::move(*animation)};
    if (Status written = write(rig, arguments.output, job); !written) return written;
    console.object({{"output", arguments.output},
                    {"frames", clip.frameCount()},
                    {"bones", rig.joints.size()},
                    {"mapped", countBones(map)},
                    {"faceShapes", rig.animations.front().morphNames.size()}});
    console.line(fmt::format("Wrote {} ({} frames; {} of {} bones take part).", arguments.output,
                             clip.frameCount(), countBones(map), rig.joints.size()));
    return Status::success();
}

Status runRetarget(const RetargetArguments& arguments, Console& console) {
    if (!arguments.printMap)
        if (Status output = checkOutput(arguments); !output) return output;
    JobControl job = console.job();
    auto rig = interchange::readRigFile(arguments.rig, {}, job);
    if (!rig) return std::move(rig).error();
    const auto map = readOrGuessBoneMap(arguments.map, rig->joints);
    if (!map) return Error(map.error());
    if (arguments.printMap) return printMap(*rig, *map, console);
    const auto clip = readAnyMotion(arguments.motion, {}, job);
    if (!clip) return Error(clip.error());
    return retarget(*clip, arguments, *rig, *map, console);
}

} // namespace

void addRetargetCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command =
        app.add_subcommand("retarget", "Put a motion onto a rigged character of your own");
    auto arguments = std::make_shared<RetargetArguments>();
    command->add_option("MOTION", arguments->motion, "A motion (.npz, .bvh) or project (.gesture)");
    command->add_option("--to", arguments->rig, "The character: .fbx, .glb, .gltf or .dae")
        ->required();
    command->add_option("-o,--output", arguments->output, "The character in motion: .fbx or .glb");
    command->add_option("--map", arguments->map,
                        "Bone map (JSON) where the names of the bones are not understood");
    command->add_flag("--print-map", arguments->printMap,
                      "Print the bone map, to edit and give as --map, and do nothing else");
    command->add_flag("--root-motion", arguments->rootMotion,
                      "The root bone goes along on the ground");
    command->add_flag("--free-feet", arguments->freeFeet,
                      "Legs keep their directions, feet may slide");
    command->callback(
        [=] { choose([=](Console& console) { return runRetarget(*arguments, console); }); });
}

} // namespace gesture::app
