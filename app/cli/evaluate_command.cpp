// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/evaluate_clips.h"
#include "app/cli/evaluate_features.h"
#include "app/cli/evaluate_inputs.h"
#include "app/cli/evaluate_report.h"
#include "core/io/motion_file.h"
#include "core/metrics/evaluation.h"
#include "core/metrics/joint_positions.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace gesture::app {

namespace {

using metrics::MetricMode;

/// The command's arguments as they were typed.
struct Arguments {
    EngineArguments engine;
    std::vector<std::string> motions;
    std::string reference;
    std::string audio;
    std::string mode = "paper";
    std::string avatar;
    std::string meanVelocity;
    std::string labels;
    std::string strokes;
    std::string analysis;
    std::string ceiling;
    std::vector<std::string> outputs;
    bool explain = false;
};

/// Mean joint speeds of all references, as the papers' file has those of all recordings.
Result<std::vector<float>> measureMeanSpeeds(const std::vector<ClipFiles>& clips,
                                             const EvaluationBody& body, JobControl& control) {
    metrics::MeanJointSpeeds mean;
    for (const ClipFiles& files : clips) {
        const auto clip = io::readMotionFile(files.reference);
        if (!clip) return clip.error();
        const auto betas = body.smplx ? clip->betas() : std::span<const float>{};
        const auto shaped = body.body ? body.body->shaped(betas) : nullptr;
        const auto positions = metrics::jointPositions(shaped.get(), *clip, clip->frameCount(),
                                                       metrics::JointCall::World, control);
        if (!positions) return positions.error();
        mean.add(metrics::jointSpeeds(*positions, clip->rate()));
    }
    return mean.result();
}

/// What the evaluation starts from, and what is to be said about it.
struct Prepared {
    metrics::EvaluationSettings settings;
    std::vector<std::string> notes;
};

Result<Prepared> prepareSettings(const Arguments& arguments, MetricMode mode,
                                 const std::vector<ClipFiles>& clips, Console& console) {
    Prepared prepared;
    const auto body = evaluationBody(arguments.avatar);
    if (!body) return body.error();
    auto& settings = prepared.settings;
    settings.mode = mode;
    settings.body = body->body;
    settings.smplxBody = body->smplx;
    settings.missing.body = "needs the SMPL-X body with its 10,475 vertices (--avatar "
                            "SMPLX_NEUTRAL_2020.npz)";
    settings.missing.sound = "needs the sound (--audio)";
    settings.missing.ceiling = "needs the references as the tokenizer alone gives them (--ceiling)";
    settings.missing.semantics = "needs labels (--labels) and `gesture analyse` (--analysis)";
    settings.missing.importance = "needs strokes (--strokes) and `gesture analyse` (--analysis)";
    if (!body->smplx)
        prepared.notes.emplace_back(
            "Without the SMPL-X body joints are those of an average adult: DIV and BC can be "
            "compared among these clips, not with papers.");
    if (!arguments.meanVelocity.empty()) {
        auto speeds = readMeanSpeeds(arguments.meanVelocity);
        if (!speeds) return std::move(speeds).error();
        settings.meanSpeeds = std::move(*speeds);
    } else if (!arguments.audio.empty()) {
        JobControl control = console.job();
        auto speeds = measureMeanSpeeds(clips, *body, control);
        if (!speeds) return std::move(speeds).error();
        settings.meanSpeeds = std::move(*speeds);
        prepared.notes.emplace_back(
            "BC divides speeds by the mean speeds of these references; papers by those of all of "
            "BEAT2 (--mean-velocity mean_vel_smplxflame_30.npy).");
    }
    return prepared;
}

/// Says that a motion goes on where the other has ended.
void noteLengths(const ClipFiles& files, const LoadedClip& clip, std::vector<std::string>& notes) {
    const std::int64_t ours = clip.generated.frameCount();
    const std::int64_t theirs = clip.reference.frameCount();
    if (ours != theirs)
        notes.push_back(fmt::format("'{}' has {} frames and its reference {}: the first {} count.",
                                    files.name, ours, theirs, std::min(ours, theirs)));
}

Status addClip(const ClipFiles& files, metrics::Evaluation& evaluation, FeatureSource& source,
               EvaluationReport& report, Console& console) {
    JobControl control = console.job();
    const auto clip = loadClip(files, report.mode, control);
    if (!clip) return clip.error();
    noteLengths(files, *clip, report.notes);
    const std::int64_t frames =
        std::min(clip->generated.frameCount(), clip->reference.frameCount());
    metrics::EvaluatedClip given{files.name, clip->generated, clip->reference};
    const auto ours = source.read(clip->generated, frames, control);
    if (!ours) return Error(ours.error()).withContext(files.name);
    const auto theirs = source.read(clip->reference, frames, control);
    if (!theirs) return Error(theirs.error()).withContext(files.name);
    given.generatedFeatures = *ours;
    given.referenceFeatures = *theirs;
    if (clip->speech) given.speech = &*clip->speech;
    if (clip->ceiling) given.ceiling = &*clip->ceiling;
    given.semanticScores = clip->semanticScores;
    given.semanticTruth = clip->semanticTruth;
    given.importance = clip->importance;
    given.strokes = clip->strokes;
    return evaluation.add(given, control);
}

EvaluatePaths pathsOf(const Arguments& arguments) {
    return {{arguments.motions.begin(), arguments.motions.end()},
            arguments.reference,
            arguments.audio,
            arguments.labels,
            arguments.strokes,
            arguments.ceiling,
            arguments.analysis};
}

Result<EvaluationReport> evaluate(const Arguments& arguments, MetricMode mode, Console& console) {
    const auto clips = pairClips(pathsOf(arguments));
    if (!clips) return clips.error();
    auto prepared = prepareSettings(arguments, mode, *clips, console);
    if (!prepared) return std::move(prepared).error();
    auto source = FeatureSource::open(arguments.engine);
    if (!source) return std::move(source).error();
    EvaluationReport report;
    report.mode = mode;
    report.notes = std::move(prepared->notes);
    metrics::Evaluation evaluation(std::move(prepared->settings));
    for (const ClipFiles& files : *clips)
        if (auto added = addClip(files, evaluation, *source, report, console); !added)
            return std::move(added).error();
    report.clips = evaluation.clips();
    report.total = evaluation.total();
    // Only now it is known whether there was an engine.
    metrics::Measure& distance = report.total[metrics::Metric::Fgd];
    if (!distance.value && !source->whyNot().empty()) distance.reason = source->whyNot();
    return report;
}

Status runEvaluate(const Arguments& arguments, Console& console) {
    const auto mode = metrics::metricModeFrom(arguments.mode);
    if (!mode)
        return Error{ErrorCode::Usage, fmt::format("There is no mode '{}': paper, evaltools and "
                                                   "standard are there.",
                                                   arguments.mode)};
    for (const std::string& output : arguments.outputs)
        if (auto valid = checkReportPath(output); !valid) return valid;
    if (arguments.explain) console.line(explainMetrics(*mode));
    if (arguments.motions.empty() && arguments.explain) return Status::success();
    if (arguments.motions.empty() || arguments.reference.empty())
        return Error{ErrorCode::Usage,
                     "Motions and their references are needed: gesture evaluate MOTION… "
                     "--reference FOLDER."};
    const auto report = evaluate(arguments, *mode, console);
    if (!report) return report.error();
    for (const std::string& note : report->notes)
        console.note(note);
    console.line((arguments.explain ? "\n" : "") + reportTable(*report));
    console.object(reportJson(*report));
    for (const std::string& output : arguments.outputs) {
        if (auto written = writeReport(*report, output); !written) return written;
        console.line(fmt::format("Wrote {}", output));
    }
    return Status::success();
}

void addInputOptions(CLI::App& command, Arguments& arguments) {
    command.add_option("--reference", arguments.reference,
                       "True motions: a folder with the same names, or one file for one motion");
    command.add_option("--audio", arguments.audio, "Their sounds, likewise (for BC)");
    command.add_option("--avatar", arguments.avatar,
                       "SMPL-X body (.npz); without it the user's own, if there is one");
    command.add_option("--mean-velocity", arguments.meanVelocity,
                       "Mean joint speeds (.npy) that BC divides by; without it the references'");
    command.add_option("--analysis", arguments.analysis,
                       "Folder of `gesture analyse`, or a folder with one for each clip");
    command.add_option("--labels", arguments.labels, "Semantic labels (BEAT2's sem/ID.txt)");
    command.add_option("--strokes", arguments.strokes, "True strokes (a corpus's truth/ID.json)");
    command.add_option("--ceiling", arguments.ceiling,
                       "The references encoded and decoded by the tokenizer alone");
}

} // namespace

void addEvaluateCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand(
        "evaluate", "Metrics of generated motion: FGD, BC, DIV, MSE, LVD, strokes, jitter, …");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("MOTION", arguments->motions, "Generated motions (.npz), or folders");
    addInputOptions(*command, *arguments);
    command->add_option("--mode", arguments->mode, "Whose formulas: paper, evaltools, standard")
        ->capture_default_str();
    command->add_flag("--explain", arguments->explain,
                      "Say what each metric is and what differs between modes");
    command->add_option("-o,--output", arguments->outputs, "Also write .csv or .json");
    addComputeOptions(*command, arguments->engine);
    command->callback(
        [=] { choose([=](Console& console) { return runEvaluate(*arguments, console); }); });
}

} // namespace gesture::app
