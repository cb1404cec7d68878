// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/engine_options.h"
#include "app/cli/motion_output.h"
#include "app/cli/project_source.h"
#include "core/analysis/analysis_output.h"
#include "core/analysis/start_pose.h"
#include "core/audio/audio_file.h"
#include "core/inference/clip_frames.h"
#include "core/inference/engine_client.h"
#include "core/inference/take.h"
#include "core/io/bundle/bundle.h"
#include "core/io/motion_file.h"
#include "core/project/analysis_blob.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace gesture::app {

namespace {

using inference::AnalyseRequest;

/// Attention maps that are held in memory at most; longer clips keep means over heads and layers.
constexpr std::uint64_t kMapBytes = std::uint64_t{512} << 20;

/// The command's arguments as they were typed.
struct Arguments {
    EngineArguments engine;
    std::string motion;
    std::string output;
    int speaker = -1;
    int hop = 30;
    std::string take; ///< Of a project; empty: the chosen one.
};

/// What is looked at: speech with its motion, from files or from a project.
struct Subject {
    inference::SpeechSource speech;
    inference::MotionFrames motion;
    std::optional<ProjectSource> project; ///< Gets the analysis too.
    project::Take take;
};

Result<Subject> projectSubject(const Arguments& arguments) {
    auto source = ProjectSource::open(arguments.engine.speech, ProjectSource::Access::Write);
    if (!source) return std::move(source).error();
    auto take = source->take(arguments.take);
    if (!take) return std::move(take).error();
    const auto motion = source->motionOf(*take);
    if (!motion) return motion.error();
    auto frames = project::motionFramesOf(*motion);
    if (!frames) return std::move(frames).error();
    auto speech = source->speech();
    if (!speech) return std::move(speech).error();
    return Subject{std::move(*speech), std::move(*frames), std::move(*source), std::move(*take)};
}

Status keepAnalysis(Subject& subject, const inference::Analysis& analysis, const io::Bundle& bundle,
                    const inference::RequestSummary& summary, JobControl control) {
    project::Project& project = subject.project->project();
    const auto blob = project::putAnalysis(project.blobs(), analysis, control);
    if (!blob) return blob.error();
    if (Status kept = project.attachAnalysis(
            subject.take.id,
            {*blob, subject.take.motion, bundle.folder.filename().string(), summary.bundleHash});
        !kept)
        return kept;
    return project.close();
}

/// The motion to look at: the one that was named, else what the bundle makes of the speech.
Result<inference::MotionFrames> motionOf(const Arguments& arguments, const io::Bundle& bundle,
                                         const inference::SpeechSource& speech,
                                         inference::EngineClient& engine, Console& console) {
    if (!arguments.motion.empty()) {
        const auto clip = io::readMotionFile(arguments.motion);
        if (!clip) return clip.error();
        auto frames = inference::framesOf(*clip);
        if (!frames) return std::move(frames).error().withContext(arguments.motion);
        return frames;
    }
    auto pose = analysis::readStartPose({}, analysis::ownStartPose(bundle));
    if (!pose) return std::move(pose).error();
    inference::GenerateRequest request;
    request.bundle = bundle.folder;
    request.speech = speech;
    request.compute = arguments.engine.compute;
    request.options.speaker = arguments.speaker;
    request.startPose = std::move(*pose);
    inference::TakeCollector collector;
    JobControl control = console.job();
    const auto summary = engine.generate(request, collector, control);
    if (!summary) return summary.error();
    return std::move(collector.take().motion);
}

analysis::ClipFacts factsOf(const AnalyseRequest& request, const io::Bundle& bundle,
                            const inference::RequestSummary& summary, Console& console) {
    analysis::ClipFacts facts;
    facts.clip = request.speech.audio.filename().string();
    facts.transcript = request.speech.transcript;
    facts.provenance.program = "Gesture Studio " GESTURE_VERSION;
    facts.provenance.bundle = bundle.manifest.name;
    facts.provenance.bundleHash = summary.bundleHash;
    facts.provenance.audioHash = summary.speechHash;
    facts.provenance.remark = "second, unmasked pass over the finished motion";
    JobControl control = console.job();
    auto reader = audio::AudioReader::open(request.speech.audio);
    if (!reader) return facts; // the figure goes without
    auto waveform = audio::buildWaveform(*reader, control);
    if (waveform) facts.waveform = std::move(*waveform);
    return facts;
}

Result<Subject> subjectOf(const Arguments& arguments, const io::Bundle& bundle,
                          inference::EngineClient& engine, Console& console) {
    if (isProjectName(arguments.engine.speech)) return projectSubject(arguments);
    auto speech = speechSource(arguments.engine);
    if (!speech) return std::move(speech).error();
    auto motion = motionOf(arguments, bundle, *speech, engine, console);
    if (!motion) return std::move(motion).error();
    return Subject{std::move(*speech), std::move(*motion), {}, {}};
}

Status runAnalyse(const Arguments& arguments, Console& console) {
    auto folder = bundleFolder(arguments.engine);
    if (!folder) return std::move(folder).error();
    const auto bundle = io::openBundle(*folder);
    if (!bundle) return bundle.error();
    inference::EngineClient engine;
    auto subject = subjectOf(arguments, *bundle, engine, console);
    if (!subject) return std::move(subject).error();
    const AnalyseRequest request{
        *folder,           subject->speech, arguments.engine.compute, std::move(subject->motion),
        arguments.speaker, arguments.hop};
    inference::AttentionSize size;
    size.frames = request.motion.count();
    size.hop = arguments.hop;
    inference::Analysis analysis(inference::keepWithin(size, kMapBytes));
    analysis.setFrames(size.frames);
    inference::AnalysisSink sink(analysis);
    JobControl control = console.job();
    const auto summary = engine.analyse(request, sink, control);
    if (!summary) return summary.error();
    if (!sink.status()) return sink.status();
    if (subject->project)
        if (Status kept = keepAnalysis(*subject, analysis, *bundle, *summary, console.job()); !kept)
            return kept;
    JobControl drawing = console.job();
    const auto files = analysis::writeAnalysis(
        analysis, factsOf(request, *bundle, *summary, console), arguments.output, {}, drawing);
    if (!files) return files.error();
    if (analysis.windows().empty())
        console.note(fmt::format("{} has no map in which speech queries motion; EchoMask has.",
                                 io::titleOf(bundle->manifest.architecture)));
    for (const std::string& file : *files)
        console.line(
            fmt::format("Wrote {}", (std::filesystem::path(arguments.output) / file).string()));
    console.object({{"folder", arguments.output},
                    {"files", *files},
                    {"frames", size.frames},
                    {"device", summary->device},
                    {"seconds", summary->seconds}});
    return Status::success();
}

} // namespace

void addAnalyseCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand(
        "analyse", "Attention, importance, semantic score and tokens: arrays, tables, figures");
    auto arguments = std::make_shared<Arguments>();
    command
        ->add_option("SPEECH", arguments->engine.speech,
                     "Sound or film with speech, or a project (.gesture)")
        ->required();
    command->add_option("--take", arguments->take, "Of a project; without: the chosen one");
    command->add_option("--motion", arguments->motion,
                        "Motion to look at (.npz, 30 fps); without it one is generated");
    command->add_option("-o,--output", arguments->output, "Folder for the results")->required();
    addEngineOptions(*command, arguments->engine);
    command->add_option("--speaker", arguments->speaker, "Whose style: 0, 1, …")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--hop", arguments->hop, "Frames between windows, fewer are smoother")
        ->check(CLI::Range(4, 60))
        ->capture_default_str();
    command->callback(
        [=] { choose([=](Console& console) { return runAnalyse(*arguments, console); }); });
}

} // namespace gesture::app
