// SPDX-License-Identifier: Apache-2.0
#include "app/cli/generation_job.h"

#include "app/cli/motion_output.h"
#include "core/base/paths.h"
#include "core/io/bundle/bundle.h"
#include "core/io/motion_file.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <utility>

namespace gesture::app {

namespace {

using inference::GenerateRequest;
using inference::RootMotion;
namespace fs = std::filesystem;

constexpr int kSeedFrames = 4;

/// The start pose that was asked for; else the demo's, where the bundle has none of its own.
Result<inference::MotionFrames> startPose(const std::string& asked, const io::Bundle& bundle) {
    fs::path path = asked;
    if (path.empty()) {
        if (bundle.manifest.tables.contains("start_pose")) return inference::MotionFrames{};
        path = resourceDirectory() / "demo" / "greeting.npz";
    }
    const auto clip = io::readMotionFile(path);
    if (!clip) return clip.error();
    return seedFrames(*clip, kSeedFrames);
}

} // namespace

void addGenerationOptions(CLI::App& command, GenerationArguments& arguments) {
    inference::GenerateOptions& options = arguments.options;
    command.add_option("--speaker", options.speaker, "Whose style: 0, 1, …")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--seed", options.seed, "Of the random numbers");
    command
        .add_option("--temperature", arguments.sampling.temperature,
                    "0: the likeliest motion; 1: as varied as the network thinks")
        ->check(CLI::Range(0.0, 4.0));
    command
        .add_option("--top-p", arguments.sampling.topP,
                    "Draw among the likeliest codes that have this probability together")
        ->check(CLI::Range(0.01, 1.0));
    command.add_option("--start-pose", arguments.startPose,
                       "Motion file whose first frames the motion begins with");
    command.add_option("--root", options.root, "Where the body goes")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, RootMotion>{{"full", RootMotion::Full},
                                              {"in-place", RootMotion::InPlace},
                                              {"feet-locked", RootMotion::FeetLocked},
                                              {"none", RootMotion::None}},
            CLI::ignore_case));
    command.add_flag("--smooth", options.smooth, "Take out fast trembling");
    command
        .add_option("--semantic-threshold", options.semanticThreshold,
                    "SemTalk: semantic motion where the score is above this")
        ->check(CLI::Range(0.0, 1.0));
    command.add_flag("--reference", arguments.reference,
                     "Windows, seeds and tail as in the published programs");
}

Result<GenerateRequest> requestWithoutSpeech(const GenerationArguments& arguments) {
    auto folder = bundleFolder(arguments.engine);
    if (!folder) return std::move(folder).error();
    const auto bundle = io::openBundle(*folder);
    if (!bundle) return bundle.error();
    auto pose = startPose(arguments.startPose, *bundle);
    if (!pose) return std::move(pose).error();
    GenerateRequest request;
    request.bundle = std::move(*folder);
    request.compute = arguments.engine.compute;
    request.options = arguments.options;
    for (inference::Sampling& part : request.options.sampling.values)
        part = arguments.sampling;
    if (arguments.reference) request.options.rules = inference::WindowRules::Reference;
    request.startPose = std::move(*pose);
    return request;
}

} // namespace gesture::app
