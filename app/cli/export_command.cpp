// SPDX-License-Identifier: Apache-2.0
#include "app/cli/export_command.h"

#include "app/cli/project_source.h"
#include "app/stage/avatar_choice.h"
#include "core/audio/frame_loudness.h"
#include "core/base/timecode.h"
#include "core/interchange/export_plan.h"
#include "core/io/motion_file.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;
using interchange::ExportFormat;
using interchange::ExportItem;
using interchange::ExportPlan;
using interchange::JointNaming;
using interchange::RootMode;

/// The command's arguments as they were typed.
struct Arguments {
    fs::path input;
    std::vector<std::string> outputs;
    std::string take;
    std::string target;
    std::string names;
    std::optional<double> fps;
    std::string range;
    fs::path avatar;
    fs::path audio;
    RootMode root = RootMode::Full;
    bool segments = false;
    bool noMesh = false;
    bool noFace = false;
    bool skeletonOnly = false;
    bool unreal = false;
};

/// What is exported: a file of motion, or a take of a project.
struct Subject {
    std::shared_ptr<const motion::Clip> clip;
    fs::path audio; ///< For the mouth; empty: none.
    std::string provenance;
    std::vector<interchange::ExportSegment> segments;
};

Result<Subject> openProject(const Arguments& arguments, const Console& console) {
    auto source = ProjectSource::open(arguments.input, ProjectSource::Access::Read);
    if (!source) return std::move(source).error();
    auto take = source->take(arguments.take);
    if (!take) return std::move(take).error();
    auto motion = source->motionOf(*take);
    if (!motion) return std::move(motion).error();
    Subject subject{motion->clip, arguments.audio, take->provenance, {}};
    for (const project::Segment& segment : source->project().state().segments)
        subject.segments.push_back({segment.name, segment.range});
    if (!subject.audio.empty() || source->project().state().audio.path.empty()) return subject;
    if (auto speech = source->speech())
        subject.audio = speech->audio;
    else
        console.note(
            fmt::format("The mouth does not follow the sound: {}", speech.error().message()));
    return subject;
}

Result<Subject> openSubject(const Arguments& arguments, const Console& console) {
    if (isProjectName(arguments.input)) return openProject(arguments, console);
    if (!arguments.take.empty() || arguments.segments)
        return Error{ErrorCode::Usage, "--take and --segments are for projects (.gesture)."};
    auto clip = io::readMotionFile(arguments.input);
    if (!clip) return std::move(clip).error();
    auto provenance = io::readMotionProvenance(arguments.input);
    return Subject{std::make_shared<const motion::Clip>(std::move(*clip)),
                   arguments.audio,
                   provenance ? *provenance : std::string(),
                   {}};
}

Status chooseTarget(const Arguments& arguments, interchange::ExportSettings& settings) {
    const std::string wanted = arguments.unreal ? "unreal" : arguments.target;
    if (wanted.empty()) return Status::success();
    std::string known;
    for (const interchange::TargetProgram& program : interchange::targetPrograms()) {
        known += fmt::format("{}{}", known.empty() ? "" : ", ", program.id);
        if (program.id != wanted) continue;
        settings = program.settings;
        return Status::success();
    }
    return Error{ErrorCode::Usage,
                 fmt::format("--for '{}': this program knows {}.", wanted, known)};
}

/// The settings that do not depend on the motion.
Result<interchange::ExportSettings> chooseSettings(const Arguments& arguments) {
    interchange::ExportSettings settings;
    if (Status chosen = chooseTarget(arguments, settings); !chosen)
        return std::move(chosen).error();
    if (!arguments.names.empty()) {
        const auto naming = interchange::jointNamingFrom(arguments.names);
        if (!naming)
            return Error{ErrorCode::Usage,
                         fmt::format("--names '{}': joints can be named {}.", arguments.names,
                                     interchange::jointNamingList())};
        settings.names = *naming;
    }
    if (arguments.fps) {
        settings.rate = io::frameRateFromNumber(*arguments.fps);
        if (!settings.rate || *arguments.fps > interchange::kHighestRate)
            return Error{ErrorCode::Usage,
                         fmt::format("--fps {}: give {} to {} frames a second.", *arguments.fps,
                                     interchange::kLowestRate, interchange::kHighestRate)};
    }
    settings.root = arguments.root;
    settings.mesh = !arguments.noMesh && !arguments.skeletonOnly;
    settings.face = !arguments.noFace && !arguments.skeletonOnly;
    return settings;
}

Result<ExportPlan> planFor(const Arguments& arguments, const Subject& subject,
                           const io::Avatar& avatar, interchange::ExportSettings settings) {
    if (!arguments.range.empty()) {
        auto range = parseRange(arguments.range, subject.clip->rate());
        if (!range) return std::move(range).error();
        settings.range = *range;
    }
    interchange::ExportRequest request{settings, {}, {}, arguments.input.stem().string()};
    request.outputs.assign(arguments.outputs.begin(), arguments.outputs.end());
    if (arguments.segments) {
        request.segments = subject.segments;
        if (request.segments.empty())
            return Error{ErrorCode::InvalidInput,
                         fmt::format("'{}' has no segments; export it without --segments, or mark "
                                     "some in the studio.",
                                     arguments.input.string())};
    }
    return interchange::planExport(*subject.clip, avatar, request);
}

bool needsFaceUnits(const ExportPlan& plan) {
    return plan.settings.face &&
           std::any_of(plan.items.begin(), plan.items.end(), [](const ExportItem& item) {
               return item.format == ExportFormat::ArkitCsv ||
                      item.format == ExportFormat::FaceCsv || item.format == ExportFormat::Json;
           });
}

std::vector<float> loudnessOf(const Subject& subject, const Console& console) {
    if (subject.audio.empty()) return {};
    JobControl unwatched;
    auto loudness = audio::frameLoudness(subject.audio, subject.clip->rate(), unwatched);
    if (loudness) return std::move(loudness).value();
    console.note(
        fmt::format("The mouth does not follow the sound: {}", loudness.error().message()));
    return {};
}

void report(const ExportPlan& plan, Console& console) {
    const auto lines = interchange::describe(plan);
    for (std::size_t i = 0; i < plan.items.size(); ++i) {
        const ExportItem& item = plan.items[i];
        console.object({{"output", item.path.string()},
                        {"format", infoOf(item.format).ending.substr(1)},
                        {"frames", item.frames},
                        {"fps", item.rate.perSecond()},
                        {"begin", item.range.begin.value},
                        {"end", item.range.end.value}});
        console.line("Wrote " + lines[i] + ".");
    }
}

/// Names are checked before anything is read, so that a slip costs no waiting.
Status checkOutputs(const std::vector<std::string>& outputs) {
    for (const std::string& output : outputs)
        if (!interchange::exportFormatOf(output))
            return Error{ErrorCode::Usage, fmt::format("'{}': motion is exported as {}.", output,
                                                       interchange::exportEndingList())};
    return Status::success();
}

Status runExportCommand(const Arguments& arguments, Console& console) {
    if (Status checked = checkOutputs(arguments.outputs); !checked) return checked;
    auto settings = chooseSettings(arguments);
    if (!settings) return std::move(settings).error();
    auto subject = openSubject(arguments, console);
    if (!subject) return std::move(subject).error();
    auto avatar = loadAvatar(arguments.avatar);
    if (!avatar) return std::move(avatar).error();
    auto plan = planFor(arguments, *subject, *avatar, *settings);
    if (!plan) return std::move(plan).error();
    for (const std::string& note : plan->notes)
        console.note(note);
    std::optional<io::Avatar> faceAvatar;
    if (needsFaceUnits(*plan) && avatar->expressionSpace != motion::ExpressionSpace::Arkit52) {
        auto shipped = loadAvatar({});
        if (!shipped) return std::move(shipped).error();
        faceAvatar = std::move(*shipped);
    }
    const interchange::ExportSource source{
        {*avatar, subject->clip, loudnessOf(*subject, console), userExpressionBridge()},
        faceAvatar ? &*faceAvatar : nullptr,
        subject->provenance};
    JobControl control = console.job();
    auto remarks = interchange::runExport(*plan, source, control);
    if (!remarks) return std::move(remarks).error();
    for (const std::string& remark : *remarks)
        console.note(remark);
    report(*plan, console);
    return Status::success();
}

} // namespace

void addExportCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command =
        app.add_subcommand("export", "Write a motion for other programs: FBX, glTF, BVH, curves");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("IN", arguments->input, "Motion file (.npz) or project (.gesture)")
        ->required();
    command
        ->add_option("-o,--output", arguments->outputs,
                     "By its end: " + interchange::exportEndingList() + "; may be repeated")
        ->required();
    command->add_option("--for", arguments->target,
                        "Settings that a program likes: blender, maya, motionbuilder, unity, "
                        "unreal, web, vrm");
    command->add_flag("--unreal", arguments->unreal, "The same as --for unreal");
    command->add_option("--names", arguments->names,
                        "Names of joints: " + interchange::jointNamingList());
    command->add_option("--fps", arguments->fps,
                        "Frames a second, 1 to 120, also 23.976 and 29.97");
    CLI::Option* range = command->add_option("--range", arguments->range,
                                             "START-END in seconds or frames (75f-120f)");
    command->add_flag("--segments", arguments->segments, "One file for each segment of a project")
        ->excludes(range);
    command->add_option("--take", arguments->take, "Take of a project; without it the chosen one");
    command->add_option("--avatar", arguments->avatar, "Avatar file in SMPL-X layout");
    command->add_option("--audio", arguments->audio, "Sound that the mouth follows");
    command->add_option("--root", arguments->root, "Where the body goes")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, RootMode>{{"full", RootMode::Full},
                                            {"in-place", RootMode::InPlace},
                                            {"feet-locked", RootMode::FeetLocked},
                                            {"none", RootMode::None}},
            CLI::ignore_case));
    command->add_flag("--no-mesh", arguments->noMesh, "Bones without the body's mesh");
    command->add_flag("--no-face", arguments->noFace, "No shapes and curves of the face");
    command->add_flag("--skeleton-only", arguments->skeletonOnly, "Neither mesh nor face");
    command->callback(
        [=] { choose([=](Console& console) { return runExportCommand(*arguments, console); }); });
}

} // namespace gesture::app
