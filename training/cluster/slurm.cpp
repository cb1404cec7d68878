// SPDX-License-Identifier: Apache-2.0
#include "training/cluster/slurm.h"

#include "core/base/paths.h"
#include "core/base/process.h"
#include "training/cluster/job_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace gesture::training {

namespace {

constexpr std::chrono::seconds kPatience{60};

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

/// The value after "KEY=" up to the next blank.
std::string valueIn(std::string_view line, std::string_view key) {
    const std::string begin = " " + std::string(key) + "=";
    const std::string padded = " " + std::string(line);
    const std::size_t at = padded.find(begin);
    if (at == std::string::npos) return {};
    const std::size_t from = at + begin.size();
    return padded.substr(from, padded.find(' ', from) - from);
}

bool isJobNumber(const std::string& id) {
    return !id.empty() && std::all_of(id.begin(), id.end(), [](unsigned char c) {
        return (c >= '0' && c <= '9') || c == '_' || c == '[' || c == ']' || c == '-';
    });
}

Error badNumber(const std::string& id) {
    return {ErrorCode::InvalidInput, fmt::format("'{}' is no number of a job.", id)};
}

} // namespace

std::string_view nameOf(JobState state) {
    switch (state) {
    case JobState::Waiting:
        return "waiting";
    case JobState::Running:
        return "running";
    case JobState::Done:
        return "done";
    case JobState::Failed:
        return "failed";
    case JobState::Cancelled:
        return "cancelled";
    case JobState::TimedOut:
        return "timed out";
    case JobState::Preempted:
        return "preempted";
    case JobState::Unknown:
        return "unknown";
    }
    return "";
}

JobState jobStateOf(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, JobState>, 18> kStates{
        {{"PENDING", JobState::Waiting},
         {"CONFIGURING", JobState::Waiting},
         {"REQUEUED", JobState::Waiting},
         {"REQUEUE_HOLD", JobState::Waiting},
         {"SPECIAL_EXIT", JobState::Waiting},
         {"RUNNING", JobState::Running},
         {"COMPLETING", JobState::Running},
         {"SUSPENDED", JobState::Running},
         {"STOPPED", JobState::Running},
         {"COMPLETED", JobState::Done},
         {"CANCELLED", JobState::Cancelled},
         {"REVOKED", JobState::Cancelled},
         {"TIMEOUT", JobState::TimedOut},
         {"DEADLINE", JobState::TimedOut},
         {"PREEMPTED", JobState::Preempted},
         {"FAILED", JobState::Failed},
         {"NODE_FAIL", JobState::Failed},
         {"BOOT_FAIL", JobState::Failed}}};
    const std::string_view first = word.substr(0, word.find(' '));
    if (first == "OUT_OF_MEMORY") return JobState::Failed;
    for (const auto& [name, state] : kStates)
        if (name == first) return state;
    return JobState::Unknown;
}

std::vector<JobReport> parseQueue(std::string_view text) {
    std::vector<JobReport> reports;
    for (const std::string_view line : split(text, '\n')) {
        const auto fields = split(line, '|');
        if (fields.size() < 4) continue;
        reports.push_back({trimmed(fields[0]), jobStateOf(trimmed(fields[1])), trimmed(fields[1]),
                           trimmed(fields[3]), trimmed(fields[2])});
    }
    return reports;
}

std::vector<JobReport> parseAccounting(std::string_view text) {
    std::vector<JobReport> reports;
    for (const std::string_view line : split(text, '\n')) {
        const auto fields = split(line, '|');
        if (fields.size() < 4 || fields[0].find('.') != std::string_view::npos) continue;
        reports.push_back({trimmed(fields[0]), jobStateOf(trimmed(fields[1])), trimmed(fields[1]),
                           fmt::format("exit {}", trimmed(fields[3])), trimmed(fields[2])});
    }
    return reports;
}

std::vector<JobReport> parseControl(std::string_view text) {
    std::vector<JobReport> reports;
    for (const std::string_view line : split(text, '\n')) {
        std::string id = valueIn(line, "JobId");
        if (id.empty()) continue;
        const std::string array = valueIn(line, "ArrayJobId");
        const std::string place = valueIn(line, "ArrayTaskId");
        if (!array.empty() && !place.empty()) id = array + "_" + place;
        const std::string word = valueIn(line, "JobState");
        reports.push_back({id, jobStateOf(word), word,
                           fmt::format("exit {}", valueIn(line, "ExitCode")),
                           valueIn(line, "RunTime")});
    }
    return reports;
}

Slurm::Slurm(std::string host)
    : host_(std::move(host)) {}

Result<Slurm::Answer> Slurm::ask(const std::vector<std::string>& words,
                                 const std::string& input) const {
    Process::Command command;
    const auto program = findProgram(host_.empty() ? words.front() : "ssh");
    if (!program)
        return Error{ErrorCode::Unavailable,
                     host_.empty()
                         ? fmt::format("'{}' is not installed: this computer belongs to no cluster "
                                       "with Slurm. Name its login node with --host.",
                                       words.front())
                         : std::string("'ssh' is not installed: install openssh-client.")};
    command.program = *program;
    if (host_.empty()) {
        command.arguments.assign(words.begin() + 1, words.end());
    } else {
        std::string line;
        for (const std::string& word : words)
            line += (line.empty() ? "" : " ") + shellWord(word);
        command.arguments = {"-o", "BatchMode=yes", "--", host_, line};
    }
    auto process = Process::start(command);
    if (!process) return std::move(process).error();
    if (!input.empty())
        if (auto sent = process->write(std::as_bytes(std::span(input.data(), input.size()))); !sent)
            return std::move(sent).error();
    process->closeInput();
    auto status = process->wait(kPatience);
    if (!status) return std::move(status).error();
    constexpr int kSshFailed = 255;
    if (!host_.empty() && *status == kSshFailed)
        return Error{ErrorCode::Unavailable, fmt::format("'{}' cannot be reached by ssh: {}.",
                                                         host_, trimmed(process->output()))};
    return Answer{*status, process->output()};
}

Status Slurm::check() const {
    auto answer = ask({"sbatch", "--version"});
    if (!answer) return std::move(answer).error();
    if (answer->status == 0) return Status::success();
    return Error{ErrorCode::Unavailable,
                 fmt::format("sbatch does not answer: {}.", trimmed(answer->text))};
}

Result<std::string> Slurm::submit(const std::string& script) const {
    auto answer = ask({"sbatch", "--parsable"}, script);
    if (!answer) return std::move(answer).error();
    const std::string said = trimmed(answer->text);
    // "17" or "17;cluster", behind warnings.
    const std::string last(split(said, '\n').back());
    std::string id = trimmed(last.substr(0, last.find(';')));
    if (answer->status == 0 && isJobNumber(id)) return id;
    return Error{ErrorCode::InvalidInput,
                 fmt::format("The cluster did not take the job: {}", said)};
}

void Slurm::addFinished(const std::string& id, std::vector<JobReport>& reports) const {
    const auto accounted = ask(
        {"sacct", "--noheader", "--parsable2", "--format=JobID,State,Elapsed,ExitCode", "-j", id});
    auto found = accounted && accounted->status == 0 ? parseAccounting(accounted->text)
                                                     : std::vector<JobReport>{};
    if (found.empty()) {
        const auto known = ask({"scontrol", "--oneliner", "show", "job", id});
        if (known && known->status == 0) found = parseControl(known->text);
    }
    if (found.empty()) found.push_back({id, JobState::Unknown, "", "", ""});
    reports.insert(reports.end(), found.begin(), found.end());
}

Result<std::vector<JobReport>> Slurm::report(const std::vector<std::string>& ids) const {
    std::vector<JobReport> reports;
    if (ids.empty()) return reports;
    std::string list;
    for (const std::string& id : ids) {
        if (!isJobNumber(id)) return badNumber(id);
        list += (list.empty() ? "" : ",") + id;
    }
    auto answer = ask({"squeue", "--noheader", "--array", "--format=%i|%T|%M|%R", "--jobs", list});
    if (!answer) return std::move(answer).error();
    // A number that the controller has forgotten is an error of squeue's, not ours.
    if (answer->status == 0) reports = parseQueue(answer->text);
    for (const std::string& id : ids) {
        const bool queued = std::ranges::any_of(reports, [&](const JobReport& report) {
            return report.id == id || report.id.starts_with(id + "_");
        });
        if (!queued) addFinished(id, reports);
    }
    return reports;
}

Status Slurm::cancel(const std::string& id) const {
    if (!isJobNumber(id)) return badNumber(id);
    auto answer = ask({"scancel", id});
    if (!answer) return std::move(answer).error();
    if (answer->status == 0) return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("Job {} was not cancelled: {}", id, trimmed(answer->text))};
}

} // namespace gesture::training
