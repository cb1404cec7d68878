// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/engine_options.h"
#include "app/cli/motion_output.h"
#include "core/inference/engine_client.h"
#include "core/inference/take.h"
#include "core/io/bundle/bundle.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

namespace gesture::app {

namespace {

using inference::GenerateRequest;
using inference::RootMotion;
using nlohmann::json;
namespace fs = std::filesystem;

/// The command's arguments as they were typed.
struct Arguments {
    EngineArguments engine;
    std::vector<std::string> outputs;
    std::string startPose;
    MotionArguments making;
    int takes = 1;
    bool reference = false;
    bool verify = false;
};

Result<GenerateRequest> requestOf(const Arguments& arguments) {
    auto folder = bundleFolder(arguments.engine);
    if (!folder) return std::move(folder).error();
    const auto bundle = io::openBundle(*folder);
    if (!bundle) return bundle.error();
    auto speech = speechSource(arguments.engine);
    if (!speech) return std::move(speech).error();
    auto pose = startPoseFor(*bundle, arguments.startPose);
    if (!pose) return std::move(pose).error();
    GenerateRequest request;
    request.bundle = std::move(*folder);
    request.speech = std::move(*speech);
    request.compute = arguments.engine.compute;
    request.options = arguments.making.complete();
    if (arguments.reference) request.options.rules = inference::WindowRules::Reference;
    request.startPose = std::move(*pose);
    return request;
}

/// "out.npz" becomes "out-2.npz" for the second of several takes.
fs::path outputOf(const std::string& output, int take, int takes) {
    fs::path path = output;
    if (takes == 1) return path;
    return path.parent_path() /
           fmt::format("{}-{}{}", path.stem().string(), take + 1, path.extension().string());
}

Status showTake(const inference::Take& take, const inference::RequestSummary& summary,
                const std::vector<fs::path>& written, const Console& console) {
    for (const inference::Note& note : take.analysis.notes())
        console.note(note.text);
    json stages = json::object();
    std::string times;
    for (const auto& [stage, seconds] : summary.stages) {
        stages[stage] = seconds;
        times += fmt::format("{}{} {:.1f} s", times.empty() ? "" : ", ", stage, seconds);
    }
    json files = json::array();
    for (const fs::path& path : written) {
        files.push_back(path.string());
        console.line(fmt::format("Wrote {} ({} frames, {:.1f} s).", path.string(), summary.frames,
                                 static_cast<double>(summary.frames) / 30.0));
    }
    console.line(fmt::format("{} in {:.1f} s: {}.", summary.device, summary.seconds, times));
    if (!summary.deviceReason.empty() && summary.device == "cpu")
        console.note(fmt::format("Computed on the CPU: {}.", summary.deviceReason));
    console.object({{"outputs", files},
                    {"frames", summary.frames},
                    {"device", summary.device},
                    {"seconds", summary.seconds},
                    {"stages", stages},
                    {"peakBytes", summary.peakBytes}});
    return Status::success();
}

Status makeTake(const Arguments& arguments, GenerateRequest request, int number,
                inference::EngineClient& engine, Console& console) {
    request.options.seed += static_cast<std::uint64_t>(number);
    inference::TakeCollector collector;
    JobControl control = console.job();
    const auto summary = engine.generate(request, collector, control);
    if (!summary) return summary.error();
    if (arguments.verify) {
        inference::TakeCollector again;
        JobControl second = console.job();
        inference::EngineClient fresh;
        const auto repeated = fresh.generate(request, again, second);
        if (!repeated) return repeated.error();
        if (!(again.take().motion == collector.take().motion))
            return Error{ErrorCode::Internal,
                         "A second computation gave other bytes; nothing was written. Please "
                         "report this with the output of gesture doctor."};
        console.note("A second computation gave the same bytes.");
    }
    const std::string provenance = provenanceOf(request, *summary);
    std::vector<fs::path> written;
    for (const std::string& output : arguments.outputs) {
        const fs::path path = outputOf(output, number, arguments.takes);
        const MotionOutput motion{collector.take().motion, provenance, request.speech.audio};
        if (auto saved = writeMotionOutput(motion, path, console); !saved) return saved;
        written.push_back(path);
    }
    return showTake(collector.take(), *summary, written, console);
}

Status runGenerate(const Arguments& arguments, Console& console) {
    for (const std::string& output : arguments.outputs)
        if (auto checked = checkMotionOutput(output); !checked) return checked;
    auto request = requestOf(arguments);
    if (!request) return std::move(request).error();
    inference::EngineClient engine;
    for (int number = 0; number < arguments.takes; ++number)
        if (auto made = makeTake(arguments, *request, number, engine, console); !made) return made;
    return Status::success();
}

} // namespace

void addGenerateCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("generate", "Make motion from speech");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("SPEECH", arguments->engine.speech, "Sound or film with speech")
        ->required();
    command
        ->add_option("-o,--output", arguments->outputs,
                     "motion.npz, clip.mp4, clip.webm; may be repeated")
        ->required();
    addEngineOptions(*command, arguments->engine);
    addMotionOptions(*command, arguments->making);
    command->add_option("--takes", arguments->takes, "How many, each with the next seed")
        ->check(CLI::Range(1, 1000));
    command->add_option("--start-pose", arguments->startPose,
                        "Motion file whose first frames the motion begins with");
    command->add_option("--root", arguments->making.options.root, "Where the body goes")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, RootMotion>{{"full", RootMotion::Full},
                                              {"in-place", RootMotion::InPlace},
                                              {"feet-locked", RootMotion::FeetLocked},
                                              {"none", RootMotion::None}},
            CLI::ignore_case));
    command->add_flag("--smooth", arguments->making.options.smooth, "Take out fast trembling");
    command
        ->add_option("--semantic-threshold", arguments->making.options.semanticThreshold,
                     "SemTalk: semantic motion where the score is above this")
        ->check(CLI::Range(0.0, 1.0));
    command->add_flag("--reference", arguments->reference,
                      "Windows, seeds and tail as in the published programs");
    command->add_flag("--verify", arguments->verify,
                      "Compute twice and compare the bytes before anything is written");
    command->callback(
        [=] { choose([=](Console& console) { return runGenerate(*arguments, console); }); });
}

} // namespace gesture::app
