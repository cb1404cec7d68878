// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cluster_options.h"
#include "app/cli/command.h"
#include "core/base/paths.h"
#include "training/cluster/submitted_jobs.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fmt/format.h>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>

namespace gesture::app {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;
using namespace training;

struct SubmitArguments {
    ClusterArguments cluster;
    std::string config;
    std::string folder;
    std::string trainer = "gesture-train";
};

struct ListArguments {
    std::string host;
    std::string job;
    double every = 5.0;
};

/// A job of this computer with what the cluster says of it.
struct JobLine {
    SubmittedJob job;
    JobReport report;
};

Status submitTraining(const SubmitArguments& arguments, const Console& console) {
    JobPlan plan;
    std::error_code code;
    if (arguments.cluster.host.empty() && !fs::exists(arguments.config, code))
        return Error{ErrorCode::NotFound, fmt::format("There is no file '{}'.", arguments.config)};
    // On another computer its own paths hold.
    const auto placed = [&](const std::string& path) {
        return arguments.cluster.host.empty() ? fs::absolute(path).string() : path;
    };
    const fs::path config = placed(arguments.config);
    plan.folder = placed(arguments.folder.empty() ? (fs::path("runs") / config.stem()).string()
                                                  : arguments.folder);
    plan.name = plan.folder.filename().string();
    plan.needs = arguments.cluster.needs;
    std::string trainer = arguments.trainer;
    if (arguments.cluster.host.empty())
        if (const auto found = findProgram(trainer)) trainer = found->string();
    plan.command = {trainer, "run", config.string(), "-o", plan.folder.string()};
    return submitJob(arguments.cluster, JobKind::Train, plan, console);
}

std::vector<SubmittedJob> jobsOf(const ListArguments& arguments) {
    std::vector<SubmittedJob> jobs = submittedJobs();
    std::erase_if(jobs, [&](const SubmittedJob& job) {
        const bool otherHost = !arguments.host.empty() && job.host != arguments.host;
        return otherHost || (!arguments.job.empty() && job.id != arguments.job);
    });
    return jobs;
}

Result<std::vector<JobLine>> askAll(const std::vector<SubmittedJob>& jobs) {
    std::vector<JobLine> lines;
    for (const SubmittedJob& job : jobs) {
        auto reports = Slurm(job.host).report({job.id});
        if (!reports) return std::move(reports).error();
        for (JobReport& report : *reports)
            lines.push_back({job, std::move(report)});
    }
    return lines;
}

void show(const std::vector<JobLine>& lines, Console& console) {
    for (const JobLine& line : lines) {
        const JobReport& report = line.report;
        if (console.json()) {
            console.object({{"id", report.id},
                            {"host", line.job.host},
                            {"name", line.job.name},
                            {"folder", line.job.folder},
                            {"state", nameOf(report.state)},
                            {"word", report.word},
                            {"detail", report.detail},
                            {"elapsed", report.elapsed}});
            continue;
        }
        console.line(fmt::format("{:<12} {:<24} {:<10} {:>10}  {}", report.id, line.job.name,
                                 nameOf(report.state), report.elapsed, report.detail));
    }
}

Status listJobs(const ListArguments& arguments, Console& console) {
    const auto lines = askAll(jobsOf(arguments));
    if (!lines) return lines.error();
    show(*lines, console);
    if (lines->empty()) console.note("No job was handed in from here.");
    return Status::success();
}

/// Waits, but no longer than somebody wants to go on.
void pauseFor(double seconds, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, std::chrono::duration<double>(seconds), [] { return false; });
}

/// Until every job is over; failed ones make it fail.
Status watchJobs(const ListArguments& arguments, Console& console) {
    const std::stop_token stop = console.job().stopToken();
    const std::vector<SubmittedJob> jobs = jobsOf(arguments);
    if (jobs.empty())
        return Error{ErrorCode::NotFound, "No such job was handed in from this computer."};
    std::string before;
    while (!stop.stop_requested()) {
        const auto lines = askAll(jobs);
        if (!lines) return lines.error();
        std::string now;
        for (const JobLine& line : *lines)
            now += fmt::format("{} {} {}\n", line.report.id, line.report.word, line.report.detail);
        if (now != before) show(*lines, console);
        before = now;
        const auto over = [](const JobLine& line) { return isOver(line.report.state); };
        if (std::ranges::all_of(*lines, over)) {
            const auto bad = std::ranges::count_if(*lines, [](const JobLine& line) {
                return line.report.state != JobState::Done &&
                       line.report.state != JobState::Unknown;
            });
            if (bad == 0) return Status::success();
            return Error{ErrorCode::InvalidInput,
                         fmt::format("{} of {} jobs did not end well; slurm-*.txt in their folders "
                                     "say why.",
                                     bad, lines->size())};
        }
        pauseFor(arguments.every, stop);
    }
    return JobControl::cancelled("Watching");
}

Status cancelJob(const ListArguments& arguments, const Console& console) {
    const auto jobs = jobsOf(arguments);
    const std::string host = jobs.empty() ? arguments.host : jobs.front().host;
    if (auto cancelled = Slurm(host).cancel(arguments.job); !cancelled) return cancelled;
    console.line(fmt::format("Job {} is cancelled.", arguments.job));
    return Status::success();
}

void addSubmit(CLI::App& cluster, const ChooseCommand& choose) {
    auto arguments = std::make_shared<SubmitArguments>();
    CLI::App* command = cluster.add_subcommand(
        "submit", "Hand a training run in; preempted or out of time, it goes on by itself");
    command->add_option("CONFIG", arguments->config, "YAML file (docs/training.md)")->required();
    command->add_option("-o,--output", arguments->folder,
                        "The run's folder, on a disk that the cluster sees; runs/NAME by default");
    command->add_option("--trainer", arguments->trainer, "gesture-train on the cluster");
    addClusterOptions(*command, arguments->cluster);
    command->callback(
        [=] { choose([=](Console& console) { return submitTraining(*arguments, console); }); });
}

void addLooking(CLI::App& cluster, const ChooseCommand& choose) {
    auto arguments = std::make_shared<ListArguments>();
    CLI::App* list = cluster.add_subcommand("list", "Jobs handed in from here, and their state");
    CLI::App* watch = cluster.add_subcommand("watch", "Tell of changes until the jobs are over");
    CLI::App* cancel = cluster.add_subcommand("cancel", "Take a job back");
    for (CLI::App* command : {list, watch, cancel})
        command->add_option("--host", arguments->host, "Only this login node's");
    watch->add_option("JOB", arguments->job, "Its number; all of them without it");
    watch->add_option("--every", arguments->every, "Seconds between questions")
        ->check(CLI::Range(0.05, 3600.0));
    cancel->add_option("JOB", arguments->job, "Its number")->required();
    list->callback(
        [=] { choose([=](Console& console) { return listJobs(*arguments, console); }); });
    watch->callback(
        [=] { choose([=](Console& console) { return watchJobs(*arguments, console); }); });
    cancel->callback(
        [=] { choose([=](Console& console) { return cancelJob(*arguments, console); }); });
}

} // namespace

void addClusterCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("cluster", "Training on a cluster with Slurm");
    command->require_subcommand(1);
    addSubmit(*command, choose);
    addLooking(*command, choose);
}

} // namespace gesture::app
