// SPDX-License-Identifier: Apache-2.0
#include "training/cluster/job_script.h"

#include "core/base/atomic_file.h"
#include "core/base/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace gesture::training {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxTemplate = std::size_t{1} << 20;

bool isOneLine(const std::string& text) {
    return std::none_of(text.begin(), text.end(),
                        [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

Status checkLine(const std::string& what, const std::string& value) {
    if (isOneLine(value)) return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("The job's {} must be one line of plain text.", what)};
}

Status checkPlan(const JobPlan& plan) {
    const std::pair<const char*, const std::string*> lines[] = {
        {"name", &plan.name},
        {"partition", &plan.needs.partition},
        {"account", &plan.needs.account},
        {"time", &plan.needs.time},
        {"memory", &plan.needs.memory}};
    for (const auto& [what, value] : lines)
        if (auto good = checkLine(what, *value); !good) return good;
    for (const std::string& option : plan.needs.more) {
        if (auto good = checkLine("option", option); !good) return good;
        if (!option.starts_with("-"))
            return Error{
                ErrorCode::InvalidInput,
                fmt::format("'{}' is no option of sbatch: it must begin with '-'.", option)};
    }
    return checkLine("folder", plan.folder.string());
}

std::string optionLines(const JobNeeds& needs) {
    std::string lines;
    const auto add = [&](const char* option, const std::string& value) {
        if (!value.empty()) lines += fmt::format("#SBATCH --{}={}\n", option, value);
    };
    const auto addCount = [&](const char* option, std::int64_t value) {
        if (value > 0) add(option, std::to_string(value));
    };
    add("partition", needs.partition);
    add("account", needs.account);
    add("time", needs.time);
    add("mem", needs.memory);
    addCount("ntasks", needs.tasks);
    addCount("cpus-per-task", needs.cpus);
    addCount("gpus-per-task", needs.gpus);
    for (const std::string& option : needs.more)
        lines += fmt::format("#SBATCH {}\n", option);
    if (!lines.empty()) lines.pop_back();
    return lines;
}

void replaceAll(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

} // namespace

std::string shellWord(const std::string& word) {
    const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view("_-./:=,+@%").find(static_cast<char>(c)) != std::string_view::npos;
    });
    if (plain) return word;
    std::string quoted = "'";
    for (const char letter : word)
        quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return quoted + "'";
}

Result<std::string> jobTemplate(JobKind kind) {
    const fs::path name = kind == JobKind::Train ? "train.sbatch" : "batch.sbatch";
    const fs::path own = userDataDirectory() / "slurm" / name;
    std::error_code code;
    return readTextFile(fs::exists(own, code) ? own : resourceDirectory() / "slurm" / name,
                        kMaxTemplate);
}

Result<std::string> jobScript(const std::string& text, const JobPlan& plan) {
    if (auto good = checkPlan(plan); !good) return std::move(good).error();
    std::string command;
    for (const std::string& word : plan.command)
        command += (command.empty() ? "" : " ") + shellWord(word);
    std::string script = text;
    replaceAll(script, "@options@", optionLines(plan.needs));
    replaceAll(script, "@last@", std::to_string(std::max<std::int64_t>(0, plan.shares - 1)));
    replaceAll(script, "@shares@", std::to_string(plan.shares));
    replaceAll(script, "@name@", plan.name);
    replaceAll(script, "@folder@", plan.folder.string());
    replaceAll(script, "@command@", command);
    return script;
}

} // namespace gesture::training
