// SPDX-License-Identifier: Apache-2.0
#include "app/cli/corpus_make_command.h"

#include "app/cli/lexicon_sheet.h"
#include "training/corpus/corpus_maker.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace gesture::app {

namespace {

struct Arguments {
    std::string folder;
    std::string sheet;
    training::CorpusRecipe recipe;
};

Status runMake(const Arguments& arguments, Console& console) {
    if (arguments.folder.empty() && arguments.sheet.empty())
        return Error{ErrorCode::Usage,
                     "Say where the corpus goes (DIR), or draw the gestures with --sheet FILE."};
    if (!arguments.sheet.empty()) {
        if (auto checked = checkLexiconSheet(arguments.sheet); !checked) return checked;
        if (auto drawn = drawLexiconSheet(arguments.sheet, console); !drawn) return drawn;
        console.line(fmt::format("Wrote {}.", arguments.sheet));
    }
    if (arguments.folder.empty()) return Status::success();
    JobControl job = console.job();
    const auto report = training::makeCorpus(arguments.recipe, arguments.folder, job);
    if (!report) return report.error();
    console.object({{"corpus", arguments.folder},
                    {"version", report->version},
                    {"clips", report->clips},
                    {"madeNow", report->madeNow},
                    {"minutesMadeNow", report->minutes}});
    console.line(fmt::format("{}: {} clips, {} of them made now ({:.1f} minutes); version {}",
                             arguments.folder, report->clips, report->madeNow, report->minutes,
                             report->version.substr(0, 12)));
    return Status::success();
}

} // namespace

void addCorpusMakeCommand(CLI::App& corpus, const ChooseCommand& choose) {
    CLI::App* command = corpus.add_subcommand(
        "make", "Compute a corpus: synthetic speech and gestures by rules, with known truth");
    auto arguments = std::make_shared<Arguments>();
    training::CorpusRecipe& recipe = arguments->recipe;
    command->add_option("DIR", arguments->folder,
                        "Folder, in BEAT2's layout; an unfinished corpus is continued");
    command->add_option("--minutes", recipe.minutes, "About how much")
        ->check(CLI::Range(0.1, 6000.0))
        ->capture_default_str();
    command->add_option("--seed", recipe.seed, "Another seed, other sentences")
        ->capture_default_str();
    command->add_option("--speakers", recipe.speakers, "Only these of 1 to 10, e.g. 1,3")
        ->delimiter(',')
        ->check(CLI::Range(1, 10));
    command->add_flag("--espeak", recipe.espeak,
                      "Also eSpeak NG's voices (needs gesture-corpus-espeak)");
    command->add_option("--sheet", arguments->sheet,
                        "Draw all gestures: a picture (.png) or a video (.mp4, .webm)");
    command->callback(
        [=] { choose([=](Console& console) { return runMake(*arguments, console); }); });
}

} // namespace gesture::app
