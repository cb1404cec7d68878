// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/engine_options.h"
#include "app/cli/motion_output.h"
#include "app/cli/pose_target_options.h"
#include "app/cli/project_source.h"
#include "core/analysis/provenance.h"
#include "core/inference/analysis.h"
#include "core/inference/engine_client.h"
#include "core/inference/mask_spec.h"
#include "core/inference/take.h"
#include "core/io/motion_file.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace gesture::app {

namespace {

using inference::EditMask;
using inference::EditRequest;

/// The command's arguments as they were typed.
struct Arguments {
    EngineArguments engine;
    std::string motion;
    std::string mask;
    std::vector<std::string> outputs;
    MotionArguments making;
    PoseTargetArguments targets;
    int margin = 6;
    std::string take; ///< Of a project; empty: the chosen one.
};

/// What is edited: a file of motion, or a take of a project, which gets the result as a new one.
struct Subject {
    std::optional<ProjectSource> project;
    project::Take take;
    project::StoredMotion motion;
    inference::SpeechSource speech;
};

Result<Subject> projectSubject(const Arguments& arguments) {
    auto source = ProjectSource::open(arguments.motion, ProjectSource::Access::Write);
    if (!source) return std::move(source).error();
    auto take = source->take(arguments.take);
    if (!take) return std::move(take).error();
    auto motion = source->motionOf(*take);
    if (!motion) return std::move(motion).error();
    auto speech = source->speech();
    if (!speech) return std::move(speech).error();
    return Subject{std::move(*source), std::move(*take), std::move(*motion), std::move(*speech)};
}

Result<Subject> subjectOf(const Arguments& arguments) {
    if (isProjectName(arguments.motion)) return projectSubject(arguments);
    if (arguments.engine.speech.empty() || arguments.outputs.empty())
        return Error{ErrorCode::Usage, "A motion file is edited with its sound (--audio) into "
                                       "another file (-o); a project has its own."};
    auto clip = io::readMotionFile(arguments.motion);
    if (!clip) return std::move(clip).error();
    auto speech = speechSource(arguments.engine);
    if (!speech) return std::move(speech).error();
    return Subject{
        {}, {}, {std::make_shared<const motion::Clip>(std::move(*clip)), {}}, std::move(*speech)};
}

/// The mask of the command line, for which score and attention may have to be asked for first.
Result<EditMask> maskOf(const Arguments& arguments, const EditRequest& request,
                        inference::EngineClient& engine, Console& console) {
    constexpr FrameRate kRate = inference::kAnalysisRate;
    auto spec = inference::parseMaskSpec(arguments.mask, kRate);
    if (!spec) return std::move(spec).error();
    inference::Analysis analysis;
    std::vector<float> importance;
    std::vector<float> loss;
    inference::MaskSources sources;
    sources.transcript = &request.speech.transcript;
    sources.seed = request.options.seed;
    if (spec->needsSemanticScore() || spec->needs(inference::ShareOf::Attention) ||
        spec->needs(inference::ShareOf::Loss)) {
        const inference::AnalyseRequest asked{request.bundle,          request.speech,
                                              request.compute,         request.motion,
                                              request.options.speaker, 60};
        analysis.setFrames(request.motion.count());
        inference::AnalysisSink sink(analysis);
        JobControl control = console.job();
        const auto summary = engine.analyse(asked, sink, control);
        if (!summary) return summary.error();
        if (!sink.status()) return sink.status().error();
        sources.semanticScore = analysis.semantic().score;
        sources.framesPerToken = analysis.semantic().framesPerToken;
        importance = analysis.fusedImportance();
        sources.attention = importance;
        loss = analysis.lossPerFrame();
        sources.loss = loss;
    }
    return inference::makeMask(*spec, request.motion.count(), kRate, sources);
}

void reportEdit(const inference::Take& take, const EditMask& mask, const Arguments& arguments,
                const inference::RequestSummary& summary, const Console& console) {
    for (const inference::Note& note : take.analysis.notes())
        console.note(note.text);
    std::int64_t frames = 0;
    for (const FrameRange& run : mask.runs())
        frames += run.length();
    for (const std::string& output : arguments.outputs)
        console.line(fmt::format("Wrote {} ({} of {} frames made anew, the others as they were).",
                                 output, frames, mask.frameCount()));
    console.object({{"outputs", arguments.outputs},
                    {"frames", mask.frameCount()},
                    {"regenerated", frames},
                    {"device", summary.device},
                    {"seconds", summary.seconds}});
}

Result<EditRequest> requestOf(const Arguments& arguments, const Subject& subject) {
    auto folder = bundleFolder(arguments.engine);
    if (!folder) return std::move(folder).error();
    auto frames = project::motionFramesOf(subject.motion);
    if (!frames) return std::move(frames).error().withContext(arguments.motion);
    auto targets = readPoseTargets(arguments.targets);
    if (!targets) return std::move(targets).error();
    EditRequest request;
    request.pins = std::move(targets->pins);
    request.targets = std::move(targets->hands);
    request.bundle = std::move(*folder);
    request.speech = subject.speech;
    request.compute = arguments.engine.compute;
    request.options = arguments.making.complete();
    request.motion = std::move(*frames);
    request.margin = arguments.margin;
    return request;
}

/// Adds the result to the project that the motion is from.
Status addToProject(const Arguments& arguments, const EditRequest& request, const EditMask& mask,
                    const inference::Take& result, const inference::RequestSummary& summary,
                    Subject& subject, Console& console) {
    auto motion = project::storedMotion(result.motion, subject.motion.clip.get());
    if (!motion) return std::move(motion).error();
    const project::Recipe recipe{
        request.bundle.filename().string(), {}, request.options, arguments.mask, request.margin};
    JobControl control = console.job();
    const NewTake made{result, summary, analysis::provenanceOf(request, summary, arguments.mask),
                       recipe, *motion, subject.take.id,
                       &mask};
    const auto take = addTake(subject.project->project(), made, control);
    if (!take) return take.error();
    console.line(fmt::format("Added take '{}' to {}.", take->name, arguments.motion));
    return subject.project->project().close();
}

/// Makes what is masked anew and puts it where it belongs.
Status editSubject(const Arguments& arguments, EditRequest request, Subject& subject,
                   Console& console) {
    inference::EngineClient engine;
    const auto mask = maskOf(arguments, request, engine, console);
    if (!mask) return mask.error();
    if (mask->empty())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The mask '{}' chooses no frame of this motion; nothing was "
                                 "written.",
                                 arguments.mask)};
    request.mask.assign(mask->cells().begin(), mask->cells().end());
    inference::Take before;
    before.motion = request.motion;
    inference::TakeCollector collector(std::move(before));
    JobControl control = console.job();
    const auto summary = engine.edit(request, collector, control);
    if (!summary) return summary.error();
    const std::string provenance = analysis::provenanceOf(request, *summary, arguments.mask);
    for (const std::string& output : arguments.outputs) {
        const MotionOutput motion{collector.take().motion, provenance, request.speech.audio,
                                  subject.motion.clip.get()};
        if (auto saved = writeMotionOutput(motion, output, console); !saved) return saved;
    }
    if (subject.project)
        if (Status added = addToProject(arguments, request, *mask, collector.take(), *summary,
                                        subject, console);
            !added)
            return added;
    reportEdit(collector.take(), *mask, arguments, *summary, console);
    return Status::success();
}

Status runEdit(const Arguments& arguments, Console& console) {
    for (const std::string& output : arguments.outputs)
        if (auto checked = checkMotionOutput(output); !checked) return checked;
    auto subject = subjectOf(arguments);
    if (!subject) return std::move(subject).error();
    auto request = requestOf(arguments, *subject);
    if (!request) return std::move(request).error();
    return editSubject(arguments, std::move(*request), *subject, console);
}

} // namespace

void addEditCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command =
        app.add_subcommand("edit", "Make parts of a motion anew and leave the rest byte for byte");
    auto arguments = std::make_shared<Arguments>();
    command
        ->add_option("MOTION", arguments->motion,
                     "Project (.gesture), which gets a new take, or motion file (.npz) at 30 fps")
        ->required();
    command->add_option("--audio", arguments->engine.speech,
                        "The speech that a motion file belongs to");
    command->add_option("--take", arguments->take, "Of a project; without: the chosen one");
    command
        ->add_option("--mask", arguments->mask,
                     "What to make anew: hands:2-3.5,120f-150f · upper+hands@words:big,three · "
                     "semantic>0.5 · attention:top20% · loss:top20% · random:40% · several with ;")
        ->required();
    command->add_option("-o,--output", arguments->outputs,
                        "motion.npz, clip.mp4, clip.webm; may be repeated");
    addEngineOptions(*command, arguments->engine);
    addMotionOptions(*command, arguments->making);
    addPoseTargetOptions(*command, arguments->targets);
    command->add_option("--margin", arguments->margin, "Frames over which old and new are blended")
        ->check(CLI::Range(0, 300))
        ->capture_default_str();
    command->callback(
        [=] { choose([=](Console& console) { return runEdit(*arguments, console); }); });
}

} // namespace gesture::app
