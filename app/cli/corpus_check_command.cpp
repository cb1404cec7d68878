// SPDX-License-Identifier: Apache-2.0
#include "app/cli/corpus_check_command.h"

#include "training/data/corpus_check.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace gesture::app {

namespace {

using nlohmann::json;
using training::Corpus;
using training::CorpusAmount;
using training::CorpusCheck;
using training::CorpusLayout;
using training::CorpusProblem;

struct CheckArguments {
    std::string folder;
    std::string layout = "auto";
    std::vector<std::string> speakers;
    std::string splits;
};

using Amounts = std::map<std::string, CorpusAmount>;

json jsonOf(const CorpusAmount& amount) {
    return {{"clips", amount.clips}, {"seconds", amount.seconds}};
}

json jsonOf(const Amounts& amounts) {
    json object = json::object();
    for (const auto& [name, amount] : amounts)
        object[name] = jsonOf(amount);
    return object;
}

json jsonOf(const std::vector<CorpusProblem>& problems) {
    json list = json::array();
    for (const CorpusProblem& problem : problems)
        list.push_back({{"id", problem.id}, {"reason", problem.reason}});
    return list;
}

void showAmounts(std::string_view title, const Amounts& amounts, const Console& console) {
    for (const auto& [name, amount] : amounts)
        console.line(fmt::format("  {:<8} {:<16} {:>6} clips {:>9.1f} min", title,
                                 name.empty() ? "(one)" : name, amount.clips,
                                 amount.seconds / 60.0));
}

void show(const Corpus& corpus, const CorpusCheck& check, const Console& console) {
    console.line(fmt::format("{}: layout {}, {} clips, {:.1f} minutes", corpus.root.string(),
                             training::nameOf(corpus.layout), check.whole.clips,
                             check.whole.seconds / 60.0));
    showAmounts("split", check.splits, console);
    showAmounts("speaker", check.voices, console);
    console.line(fmt::format("  {} with words, {} with semantic labels, {} with known truth",
                             check.withWords, check.withLabels, check.withTruth));
    for (const CorpusProblem& problem : check.remarks)
        console.line(fmt::format("  remark  {}: {}", problem.id, problem.reason));
    for (const CorpusProblem& problem : check.bad)
        console.line(fmt::format("  bad     {}: {}", problem.id, problem.reason));
}

Status runCheck(const CheckArguments& arguments, Console& console) {
    training::CorpusOptions options;
    for (const CorpusLayout layout :
         {CorpusLayout::Beat2, CorpusLayout::Show, CorpusLayout::Folder})
        if (arguments.layout == training::nameOf(layout)) options.layout = layout;
    options.voices = arguments.speakers;
    options.splits = arguments.splits;
    const auto corpus = training::openCorpus(arguments.folder, options);
    if (!corpus) return corpus.error();
    JobControl control = console.job();
    const auto check = training::checkCorpus(*corpus, control);
    if (!check) return check.error();
    show(*corpus, *check, console);
    console.object({{"corpus", arguments.folder},
                    {"layout", training::nameOf(corpus->layout)},
                    {"clips", check->whole.clips},
                    {"seconds", check->whole.seconds},
                    {"splits", jsonOf(check->splits)},
                    {"speakers", jsonOf(check->voices)},
                    {"withWords", check->withWords},
                    {"withLabels", check->withLabels},
                    {"withTruth", check->withTruth},
                    {"remarks", jsonOf(check->remarks)},
                    {"bad", jsonOf(check->bad)}});
    if (check->bad.empty()) return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("{} of {} clips of '{}' cannot be used: see above.", check->bad.size(),
                             check->bad.size() + static_cast<std::size_t>(check->whole.clips),
                             arguments.folder)};
}

} // namespace

void addCorpusCheckCommand(CLI::App& corpus, const ChooseCommand& choose) {
    CLI::App* check = corpus.add_subcommand(
        "check", "Read every clip: how much there is of what, and which clips cannot be used");
    auto arguments = std::make_shared<CheckArguments>();
    check->add_option("DIR", arguments->folder, "The corpus: BEAT2, SHOW, or NPZ beside WAV")
        ->required();
    check->add_option("--layout", arguments->layout, "How it lies on disk")
        ->check(CLI::IsMember({"auto", "beat2", "show", "folder"}))
        ->capture_default_str();
    check->add_option("--speakers", arguments->speakers, "Only these, e.g. 2,3")->delimiter(',');
    check->add_option("--splits", arguments->splits, "A table with columns id and type");
    check->callback(
        [=] { choose([=](Console& console) { return runCheck(*arguments, console); }); });
}

} // namespace gesture::app
