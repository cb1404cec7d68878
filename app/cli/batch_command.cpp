// SPDX-License-Identifier: Apache-2.0
#include "app/cli/batch_clips.h"
#include "app/cli/cluster_options.h"
#include "app/cli/command.h"
#include "app/cli/generation_job.h"
#include "core/base/paths.h"
#include "core/io/bundle/bundle.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>
#include <thread>
#include <utility>

namespace gesture::app {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;
using namespace training;

/// The command's arguments as they were typed.
struct Arguments {
    GenerationArguments generation;
    std::string source;
    std::string folder;
    BatchFormat format = BatchFormat::Motion;
    int engines = 1;
    bool recursive = false;
    bool noTranscripts = false;
    bool overwrite = false;
    std::string share;          ///< "2/8": the third of eight parts of the clips.
    std::int64_t arrayJobs = 0; ///< Hand them in as an array of so many jobs; 0: make them here.
    ClusterArguments cluster;
};

/// Keeps every n-th clip from the i-th on, of a share "i/n".
Status keepShare(std::vector<BatchClip>& clips, const std::string& share) {
    if (share.empty()) return Status::success();
    std::size_t part = 0;
    std::size_t parts = 0;
    const std::size_t bar = share.find('/');
    const auto number = [&](std::string_view text, std::size_t& value) {
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
        return parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
    };
    const bool good = bar != std::string::npos &&
                      number(std::string_view(share).substr(0, bar), part) &&
                      number(std::string_view(share).substr(bar + 1), parts) && part < parts;
    if (!good)
        return Error{ErrorCode::Usage,
                     fmt::format("--share '{}' must be I/N with I from 0 to N - 1.", share)};
    std::vector<BatchClip> kept;
    for (std::size_t i = part; i < clips.size(); i += parts)
        kept.push_back(std::move(clips[i]));
    clips = std::move(kept);
    return Status::success();
}

Result<std::vector<BatchClip>> clipsOf(const Arguments& arguments) {
    std::error_code code;
    if (!fs::exists(arguments.source, code))
        return Error{ErrorCode::NotFound,
                     fmt::format("There is no file or folder '{}'.", arguments.source)};
    auto clips =
        fs::is_directory(arguments.source, code)
            ? soundsOfFolder(arguments.source, arguments.recursive ? Recursive::Yes : Recursive::No,
                             arguments.noTranscripts ? Transcripts::Ignore : Transcripts::Use)
            : readBatchManifest(arguments.source);
    if (!clips) return clips;
    if (auto differ = checkOutputsDiffer(*clips); !differ) return differ.error();
    if (auto shared = keepShare(*clips, arguments.share); !shared) return shared.error();
    return clips;
}

/// Threads of each engine: several engines divide the cores among them.
int threadsOf(const Arguments& arguments) {
    const int asked = arguments.generation.engine.compute.threads;
    if (asked != 0 || arguments.engines == 1) return asked;
    const auto cores = static_cast<int>(std::thread::hardware_concurrency());
    return std::max(1, cores / arguments.engines);
}

Result<BatchJob> jobOf(const Arguments& arguments) {
    auto clips = clipsOf(arguments);
    if (!clips) return std::move(clips).error();
    auto request = requestWithoutSpeech(arguments.generation);
    if (!request) return std::move(request).error();
    const auto bundle = io::openBundle(request->bundle);
    if (!bundle) return bundle.error();
    if (!findProgram("gesture-engine"))
        return Error{ErrorCode::Unavailable,
                     "gesture-engine is not there: it is left out of a build without libtorch."};
    if (arguments.format == BatchFormat::Film && !findProgram("ffmpeg"))
        return Error{ErrorCode::Unavailable,
                     "The program 'ffmpeg' is not installed; it writes films. Install the package "
                     "'ffmpeg', or leave --format mp4 out."};
    BatchJob job;
    job.clips = std::move(*clips);
    job.request = std::move(*request);
    job.request.compute.threads = threadsOf(arguments);
    job.folder = arguments.folder;
    job.format = arguments.format;
    if (arguments.overwrite) job.overwrite = Overwrite::All;
    job.bundleHash = bundle->hash;
    job.speechPath = bundle->manifest.speechPath;
    return job;
}

/// Counts clips and estimates the time that is left from those that were made: clips that were
/// there already take no time.
class BatchProgress {
public:
    BatchProgress(std::size_t total, Console& console)
        : control_(console.job())
        , total_(static_cast<std::int64_t>(total)) {
        show({});
    }

    void add(bool made) {
        ++done_;
        made_ += made ? 1 : 0;
        if (made_ == 0) {
            begun_ = Clock::now();
            return show({});
        }
        const double seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
        show(seconds * static_cast<double>(total_ - done_) / static_cast<double>(made_));
    }

private:
    using Clock = std::chrono::steady_clock;

    void show(std::optional<double> secondsLeft) {
        control_.relay({"Clips", done_, total_, secondsLeft});
    }

    JobControl control_;
    std::int64_t total_;
    std::int64_t done_ = 0;
    std::int64_t made_ = 0;
    Clock::time_point begun_ = Clock::now(); ///< Of the first clip that is made.
};

struct Counts {
    std::size_t made = 0;
    std::size_t skipped = 0;
    std::size_t failed = 0;
};

json recordOf(const BatchJob& job, const BatchClip& clip) {
    json files = json::array();
    for (const fs::path& path : outputsOf(job, clip))
        files.push_back(path.string());
    return {{"audio", clip.audio.string()}, {"outputs", files}};
}

/// What is printed of a clip whose files are there.
json recordOf(const BatchJob& job, const BatchClip& clip, const ClipOutcome& outcome) {
    json record = recordOf(job, clip);
    record["status"] = outcome.skipped ? "skipped" : "done";
    if (outcome.skipped) return record;
    record["seconds"] = outcome.summary.seconds;
    record["frames"] = outcome.summary.frames;
    record["device"] = outcome.summary.device;
    for (const inference::Note& note : outcome.take.analysis.notes())
        record["notes"].push_back(note.text);
    return record;
}

/// Writes and reports one clip. Cancelled alone is a failure of the whole batch.
Status finishClip(const BatchJob& job, const BatchCrew::Made& made, Counts& counts,
                  Console& console) {
    const BatchClip& clip = job.clips[made.clip];
    Status written = made.outcome ? Status::success() : Status(made.outcome.error());
    if (written && !made.outcome->skipped) written = writeClip(job, clip, *made.outcome, console);
    if (!written && written.error().code() == ErrorCode::Cancelled) return written;
    if (written) {
        ++(made.outcome->skipped ? counts.skipped : counts.made);
        console.record(recordOf(job, clip, *made.outcome));
        return written;
    }
    ++counts.failed;
    json record = recordOf(job, clip);
    record["status"] = "failed";
    record["error"] = written.error().message();
    console.record(record);
    return Status::success();
}

Status resultOf(const Counts& counts, std::size_t total, bool stopped, const Console& console) {
    console.note(fmt::format("{} made, {} there already, {} failed, of {} clips.", counts.made,
                             counts.skipped, counts.failed, total));
    if (stopped)
        return Error{ErrorCode::Cancelled,
                     "The batch was cancelled; the same command goes on where it stopped."};
    if (counts.failed == 0) return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("{} of {} clips failed; the lines with \"failed\" say why. The same "
                             "command tries these again.",
                             counts.failed, total)};
}

Status runBatch(const Arguments& arguments, Console& console) {
    const auto job = jobOf(arguments);
    if (!job) return job.error();
    const std::size_t total = job->clips.size();
    const std::stop_token stop = console.job().stopToken();
    Counts counts;
    BatchProgress progress(total, console);
    BatchCrew crew(
        [&](std::size_t clip, inference::EngineService& engine, JobControl& control) {
            return makeClip(*job, job->clips[clip], engine, control);
        },
        total, std::min(arguments.engines, static_cast<int>(total)), stop);
    while (const auto made = crew.next()) {
        const std::size_t before = counts.made;
        if (!finishClip(*job, *made, counts, console)) continue;
        progress.add(counts.made > before);
    }
    const bool all = counts.made + counts.skipped + counts.failed == total;
    return resultOf(counts, total, !all, console);
}

/// This program's own arguments without those of the array.
std::vector<std::string> argumentsOfAJob() {
    std::ifstream stream("/proc/self/cmdline", std::ios::binary);
    std::vector<std::string> words;
    for (std::string word; std::getline(stream, word, '\0');)
        words.push_back(word);
    static constexpr std::array<std::string_view, 11> kWithValue{
        "--slurm", "--host", "--template", "--partition", "--account", "--time",
        "--mem",   "--tasks", "--cpus",    "--gpus",      "--sbatch"};
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string name = words[i].substr(0, words[i].find('='));
        const bool cluster = std::ranges::find(kWithValue, name) != kWithValue.end();
        if (!cluster && name != "--print") kept.push_back(words[i]);
        if (cluster && name == words[i]) ++i;
    }
    return kept;
}

Status submitBatch(const Arguments& arguments, const Console& console) {
    const auto clips = clipsOf(arguments);
    if (!clips) return clips.error();
    JobPlan plan;
    plan.name = "gesture-batch";
    plan.folder = fs::absolute(arguments.folder);
    plan.needs = arguments.cluster.needs;
    plan.shares = std::min(arguments.arrayJobs, static_cast<std::int64_t>(clips->size()));
    plan.command = argumentsOfAJob();
    std::error_code code;
    plan.command.front() = fs::read_symlink("/proc/self/exe", code).string();
    return submitJob(arguments.cluster, JobKind::Batch, plan, console);
}

void addBatchOptions(CLI::App& command, Arguments& arguments) {
    command
        .add_option("MANIFEST|DIR", arguments.source,
                    "Folder with sounds, or list of clips: JSON lines or CSV (docs/formats.md)")
        ->required();
    command.add_option("-o,--output", arguments.folder, "Folder for the motions")->required();
    command.add_flag("-r,--recursive", arguments.recursive, "Sounds of folders in DIR too");
    command.add_flag("--no-transcripts", arguments.noTranscripts,
                     "Leave transcripts beside the sounds of DIR aside");
    command.add_option("--format", arguments.format, "npz; mp4: a film beside each motion")
        ->transform(
            CLI::CheckedTransformer(std::map<std::string, BatchFormat>{{"npz", BatchFormat::Motion},
                                                                       {"mp4", BatchFormat::Film}},
                                    CLI::ignore_case));
    command.add_option("-j,--jobs", arguments.engines, "Engines that work at the same time")
        ->check(CLI::Range(1, 64));
    command.add_flag("--overwrite", arguments.overwrite,
                     "Replace files that this command did not make, too");
    command.add_option("--share", arguments.share, "I/N: only every N-th clip, from the I-th on");
    command
        .add_option("--slurm", arguments.arrayJobs,
                    "Hand the clips in as an array of so many jobs of a cluster")
        ->check(CLI::Range(1, 10000));
    addClusterOptions(command, arguments.cluster);
    addComputeOptions(command, arguments.generation.engine);
    addGenerationOptions(command, arguments.generation);
}

} // namespace

void addBatchCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command =
        app.add_subcommand("batch", "Make motion for many sounds; continues where it stopped");
    auto arguments = std::make_shared<Arguments>();
    addBatchOptions(*command, *arguments);
    command->callback([=] {
        choose([=](Console& console) {
            return arguments->arrayJobs > 0 ? submitBatch(*arguments, console)
                                            : runBatch(*arguments, console);
        });
    });
}

} // namespace gesture::app
