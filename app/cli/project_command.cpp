// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/motion_output.h"
#include "app/cli/project_source.h"
#include "core/project/audio_content.h"
#include "core/project/project_check.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

namespace gesture::app {

namespace {

/// What a subcommand was given.
struct Arguments {
    std::string file;
    std::string output;
    std::string take;
    std::string audio;
    bool forget = false;
};

Status runCheck(const Arguments& arguments, Console& console) {
    JobControl control = console.job();
    const auto report = project::checkProject(arguments.file, control);
    if (!report) return report.error();
    console.object({{"file", arguments.file},
                    {"whole", report->whole()},
                    {"problems", report->problems},
                    {"version", report->version},
                    {"rows", report->stateRows},
                    {"steps", report->steps},
                    {"contents", report->contents},
                    {"contentBytes", report->contentBytes}});
    for (const std::string& problem : report->problems)
        console.line(problem);
    if (report->whole()) {
        console.line(fmt::format("{} is whole: {} contents of {:.1f} MB, {} steps of history.",
                                 arguments.file, report->contents,
                                 static_cast<double>(report->contentBytes) / 1e6, report->steps));
        return Status::success();
    }
    return Error{ErrorCode::InvalidInput,
                 fmt::format("'{}' is damaged. 'gesture project salvage {} -o NEW.gesture' saves "
                             "what is whole.",
                             arguments.file, arguments.file)};
}

Status runExtract(const Arguments& arguments, Console& console) {
    if (Status can = checkMotionOutput(arguments.output); !can) return can;
    auto source = ProjectSource::open(arguments.file, ProjectSource::Access::Read);
    if (!source) return std::move(source).error();
    const auto take = source->take(arguments.take);
    if (!take) return take.error();
    const auto motion = source->motionOf(*take);
    if (!motion) return motion.error();
    const auto frames = project::motionFramesOf(*motion);
    if (!frames) return frames.error();
    MotionOutput output{*frames, take->provenance, {}, motion->clip.get()};
    const auto speech = source->speech();
    if (speech) output.audio = speech->audio;
    if (Status written = writeMotionOutput(output, arguments.output, console); !written)
        return written;
    console.line(fmt::format("Wrote take '{}' to {} ({} frames).", take->name, arguments.output,
                             take->frames));
    console.object({{"output", arguments.output}, {"take", take->name}, {"frames", take->frames}});
    return Status::success();
}

Status runSalvage(const Arguments& arguments, Console& console) {
    JobControl control = console.job();
    const auto report = project::salvageProject(arguments.file, arguments.output, control);
    if (!report) return report.error();
    for (const std::string& lost : report->lost)
        console.note(lost);
    console.line(fmt::format("Saved {} takes and {} contents to {}; the history stays behind.",
                             report->takes, report->contents, arguments.output));
    console.object({{"output", arguments.output},
                    {"takes", report->takes},
                    {"contents", report->contents},
                    {"lost", report->lost}});
    return Status::success();
}

/// Opens the project, changes it, and says what was done.
template <typename Change>
Status changeProject(const Arguments& arguments, Console& console, Change&& change) {
    auto source = ProjectSource::open(arguments.file, ProjectSource::Access::Write);
    if (!source) return std::move(source).error();
    const std::uintmax_t before = std::filesystem::file_size(arguments.file);
    JobControl control = console.job();
    const Result<std::string> done = change(source->project(), control);
    if (!done) return done.error();
    if (Status closed = source->project().close(); !closed) return closed;
    const std::uintmax_t after = std::filesystem::file_size(arguments.file);
    console.line(*done);
    console.object({{"file", arguments.file}, {"bytesBefore", before}, {"bytes", after}});
    return Status::success();
}

Status runCollect(const Arguments& arguments, Console& console) {
    return changeProject(
        arguments, console,
        [&](project::Project& project, JobControl& control) -> Result<std::string> {
            if (Status done = project::collectAudio(project, control); !done)
                return std::move(done).error();
            return fmt::format("{} holds its sound now.", arguments.file);
        });
}

Status runRelink(const Arguments& arguments, Console& console) {
    return changeProject(
        arguments, console, [&](project::Project& project, JobControl&) -> Result<std::string> {
            if (Status done = project::relinkAudio(project, arguments.audio); !done)
                return std::move(done).error();
            return fmt::format("{} refers to {} now.", arguments.file, arguments.audio);
        });
}

Status runCompact(const Arguments& arguments, Console& console) {
    return changeProject(arguments, console,
                         [&](project::Project& project, JobControl&) -> Result<std::string> {
                             const auto keep = arguments.forget ? project::KeepHistory::No
                                                                : project::KeepHistory::Yes;
                             if (Status done = project.compact(keep); !done)
                                 return std::move(done).error();
                             return fmt::format("{} holds only what it needs now.", arguments.file);
                         });
}

} // namespace

void addProjectCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("project", "Check, extract from and repair projects");
    command->require_subcommand(1);
    auto arguments = std::make_shared<Arguments>();
    using Run = Status (*)(const Arguments&, Console&);
    const auto add = [&](const char* name, const char* what, Run run) {
        CLI::App* sub = command->add_subcommand(name, what);
        sub->add_option("FILE", arguments->file, "Project (.gesture)")->required();
        sub->callback([=] { choose([=](Console& console) { return run(*arguments, console); }); });
        return sub;
    };
    add("check", "Read everything and say whether it is whole", runCheck);
    CLI::App* extract = add("extract", "Write a take's motion", runExtract);
    extract->add_option("-o,--output", arguments->output, "motion.npz, clip.mp4, clip.webm")
        ->required();
    extract->add_option("--take", arguments->take, "Its name; without: the chosen one");
    add("salvage", "Save what is whole of a damaged project", runSalvage)
        ->add_option("-o,--output", arguments->output, "The new project")
        ->required();
    add("collect", "Put the sound into the project", runCollect);
    add("relink", "Say where the project's sound lies now", runRelink)
        ->add_option("--audio", arguments->audio, "The sound")
        ->required();
    add("compact", "Remove what neither takes nor history need", runCompact)
        ->add_flag("--forget-history", arguments->forget, "Nothing can be undone any more then");
}

} // namespace gesture::app
