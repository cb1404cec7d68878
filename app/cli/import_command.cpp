// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/foreign_motion.h"
#include "core/interchange/import/bvh_reader.h"
#include "core/interchange/retarget/bone_map_guess.h"
#include "core/io/motion_file.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace gesture::app {

namespace {

struct ImportArguments {
    std::string motion;
    std::string output;
    ForeignMotionOptions how;
    bool printMap = false;
};

Status printMap(const ImportArguments& arguments, Console& console) {
    JobControl job = console.job();
    const auto motion =
        interchange::readBvhFile(arguments.motion, arguments.how.metresPerUnit, job);
    if (!motion) return Error(motion.error());
    const auto map = readOrGuessBoneMap(arguments.how.map, motion->scene.joints);
    if (!map) return Error(map.error());
    const std::string text = interchange::boneMapJson(*map, motion->scene.joints);
    console.object(nlohmann::json::parse(text));
    console.line(text);
    return Status::success();
}

std::string provenanceOf(const ImportArguments& arguments) {
    return nlohmann::json{{"imported", std::filesystem::path(arguments.motion).filename().string()},
                          {"program", "gesture " GESTURE_VERSION}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Status runImport(const ImportArguments& arguments, Console& console) {
    if (arguments.printMap) return printMap(arguments, console);
    if (arguments.output.empty())
        return Error{ErrorCode::Usage, "Say where the motion goes: -o NAME.npz."};
    if (std::filesystem::path(arguments.output).extension() != ".npz")
        return Error{ErrorCode::Usage,
                     fmt::format("'{}': imported motion is written as .npz.", arguments.output)};
    JobControl job = console.job();
    const auto clip = readAnyMotion(arguments.motion, arguments.how, job);
    if (!clip) return Error(clip.error());
    if (Status written = io::writeMotionFile(arguments.output, *clip, provenanceOf(arguments));
        !written)
        return written;
    console.object({{"output", arguments.output},
                    {"frames", clip->frameCount()},
                    {"fps", clip->rate().perSecond()}});
    console.line(fmt::format("Wrote {} ({} frames at {:g} a second).", arguments.output,
                             clip->frameCount(), clip->rate().perSecond()));
    return Status::success();
}

} // namespace

void addImportCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command =
        app.add_subcommand("import", "Make a motion file of another program's motion");
    auto arguments = std::make_shared<ImportArguments>();
    command
        ->add_option("MOTION", arguments->motion,
                     "A .bvh file, or an .npz of SMPL-X or SMPL-H (AMASS, BEAT2)")
        ->required();
    command->add_option("-o,--output", arguments->output, "The motion file (.npz)");
    command->add_option("--map", arguments->how.map,
                        "Bone map (JSON) where the names of the bones are not understood");
    command->add_flag("--print-map", arguments->printMap, "Print the bone map and do nothing else");
    const std::map<std::string, double> units{
        {"auto", 0}, {"m", 1}, {"cm", 0.01}, {"mm", 0.001}, {"inch", 0.0254}};
    command
        ->add_option("--unit", arguments->how.metresPerUnit,
                     "Unit of a BVH file: auto, m, cm, mm or inch")
        ->transform(CLI::CheckedTransformer(units, CLI::ignore_case));
    command->add_option("--rest-frame", arguments->how.restFrame,
                        "Frame of a BVH file in which the person stands in a T-pose");
    command->callback(
        [=] { choose([=](Console& console) { return runImport(*arguments, console); }); });
}

} // namespace gesture::app
