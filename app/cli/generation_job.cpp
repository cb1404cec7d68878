// SPDX-License-Identifier: Apache-2.0
#include "app/cli/generation_job.h"

#include "core/analysis/rule_take.h"
#include "core/analysis/start_pose.h"
#include "core/io/bundle/bundle.h"

#include <CLI/CLI.hpp>
#include <map>
#include <utility>

namespace gesture::app {

namespace {

using inference::GenerateRequest;
using inference::RootMotion;

} // namespace

void addGenerationOptions(CLI::App& command, GenerationArguments& arguments) {
    inference::GenerateOptions& options = arguments.making.options;
    addMotionOptions(command, arguments.making);
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
    command.add_flag("--still{false}", options.idle,
                     "No added breath, swaying and blinks: the motion as the networks made it");
    command
        .add_option("--semantic-threshold", options.semanticThreshold,
                    "SemTalk: semantic motion where the score is above this")
        ->check(CLI::Range(0.0, 1.0));
    command.add_flag("--reference", arguments.reference,
                     "Windows, seeds and tail as in the published programs");
}

Result<GenerateRequest> requestWithoutSpeech(const GenerationArguments& arguments) {
    if (arguments.engine.bundle == analysis::kRules) {
        GenerateRequest request;
        request.bundle = analysis::kRules;
        request.options = arguments.making.complete();
        return request;
    }
    auto folder = bundleFolder(arguments.engine);
    if (!folder) return std::move(folder).error();
    const auto bundle = io::openBundle(*folder);
    if (!bundle) return bundle.error();
    auto pose = analysis::readStartPose(arguments.startPose, analysis::ownStartPose(*bundle));
    if (!pose) return std::move(pose).error();
    GenerateRequest request;
    request.bundle = std::move(*folder);
    request.compute = arguments.engine.compute;
    request.options = arguments.making.complete();
    if (arguments.reference) request.options.rules = inference::WindowRules::Reference;
    request.startPose = std::move(*pose);
    return request;
}

} // namespace gesture::app
