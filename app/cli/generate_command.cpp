// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/generation_job.h"
#include "app/cli/motion_output.h"
#include "app/cli/project_source.h"
#include "core/analysis/provenance.h"
#include "core/analysis/rule_take.h"
#include "core/inference/engine_client.h"
#include "core/inference/take.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

namespace gesture::app {

namespace {

using inference::GenerateRequest;
using nlohmann::json;
namespace fs = std::filesystem;

/// The command's arguments as they were typed.
struct Arguments {
    GenerationArguments generation;
    std::vector<std::string> outputs;
    int takes = 1;
    bool verify = false;
};

Result<GenerateRequest> requestOf(const GenerationArguments& arguments) {
    auto request = requestWithoutSpeech(arguments);
    if (!request) return request;
    auto speech = speechSource(arguments.engine);
    if (!speech) return std::move(speech).error();
    request->speech = std::move(*speech);
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

/// By the engine, or by rules where those are asked for.
Result<inference::RequestSummary> computed(const GenerateRequest& request,
                                           inference::EngineClient& engine,
                                           inference::TakeCollector& collector,
                                           JobControl& control) {
    if (request.bundle == analysis::kRules)
        return analysis::generateByRules(request, collector, control);
    return engine.generate(request, collector, control);
}

/// The projects that a command writes its takes to.
using Projects = std::vector<project::Project>;

/// Adds a take to each project; the first one makes them.
Status addToProjects(const Arguments& arguments, const GenerateRequest& request,
                     const inference::Take& take, const inference::RequestSummary& summary,
                     Projects& projects, JobControl& control) {
    if (projects.empty())
        for (const std::string& output : arguments.outputs) {
            if (!isProjectName(output)) continue;
            auto made =
                createProjectFor(output, request.speech, arguments.generation.engine.transcript);
            if (!made) return std::move(made).error();
            projects.push_back(std::move(*made));
        }
    if (projects.empty()) return Status::success();
    auto motion = project::storedMotion(take.motion);
    if (!motion) return std::move(motion).error();
    project::Recipe recipe{request.bundle.filename().string(), {}, request.options, {}, 0};
    const NewTake made{take,   summary, analysis::provenanceOf(request, summary),
                       recipe, *motion, {}};
    for (project::Project& project : projects)
        if (auto added = addTake(project, made, control); !added) return std::move(added).error();
    return Status::success();
}

Status checkOutput(const std::string& output) {
    if (!isProjectName(output)) return checkMotionOutput(output);
    std::error_code code;
    if (!fs::exists(output, code)) return Status::success();
    return Error{ErrorCode::Usage,
                 fmt::format("'{}' is there already, and its takes would be lost. "
                             "Give another name or remove it first.",
                             output)};
}

Status makeTake(const Arguments& arguments, GenerateRequest request, int number,
                inference::EngineClient& engine, Projects& projects, Console& console) {
    request.options.seed += static_cast<std::uint64_t>(number);
    inference::TakeCollector collector;
    JobControl control = console.job();
    const auto summary = computed(request, engine, collector, control);
    if (!summary) return summary.error();
    if (arguments.verify) {
        inference::TakeCollector again;
        JobControl second = console.job();
        inference::EngineClient fresh;
        const auto repeated = computed(request, fresh, again, second);
        if (!repeated) return repeated.error();
        if (!(again.take().motion == collector.take().motion))
            return Error{ErrorCode::Internal,
                         "A second computation gave other bytes; nothing was written. Please "
                         "report this with the output of gesture doctor."};
        console.note("A second computation gave the same bytes.");
    }
    const std::string provenance = analysis::provenanceOf(request, *summary);
    std::vector<fs::path> written;
    if (Status added =
            addToProjects(arguments, request, collector.take(), *summary, projects, control);
        !added)
        return added;
    for (const std::string& output : arguments.outputs) {
        if (isProjectName(output)) {
            written.emplace_back(output);
            continue;
        }
        const fs::path path = outputOf(output, number, arguments.takes);
        const MotionOutput motion{collector.take().motion, provenance, request.speech.audio};
        if (auto saved = writeMotionOutput(motion, path, console); !saved) return saved;
        written.push_back(path);
    }
    return showTake(collector.take(), *summary, written, console);
}

Status runGenerate(const Arguments& arguments, Console& console) {
    for (const std::string& output : arguments.outputs)
        if (Status checked = checkOutput(output); !checked) return checked;
    auto request = requestOf(arguments.generation);
    if (!request) return std::move(request).error();
    inference::EngineClient engine;
    Projects projects;
    for (int number = 0; number < arguments.takes; ++number)
        if (auto made = makeTake(arguments, *request, number, engine, projects, console); !made)
            return made;
    for (project::Project& project : projects)
        if (Status closed = project.close(); !closed) return closed;
    return Status::success();
}

} // namespace

void addGenerateCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("generate", "Make motion from speech");
    auto arguments = std::make_shared<Arguments>();
    GenerationArguments& generation = arguments->generation;
    command->add_option("SPEECH", generation.engine.speech, "Sound or film with speech")
        ->required();
    command
        ->add_option("-o,--output", arguments->outputs,
                     "project.gesture, motion.npz, clip.mp4, clip.webm; may be repeated")
        ->required();
    addEngineOptions(*command, generation.engine);
    addGenerationOptions(*command, generation);
    command->add_option("--takes", arguments->takes, "How many, each with the next seed")
        ->check(CLI::Range(1, 1000));
    command->add_flag("--verify", arguments->verify,
                      "Compute twice and compare the bytes before anything is written");
    command->callback(
        [=] { choose([=](Console& console) { return runGenerate(*arguments, console); }); });
}

} // namespace gesture::app
