// SPDX-License-Identifier: Apache-2.0
#include "training/commands/prepare_command.h"

#include "training/commands/command.h"
#include "training/streams/bundle_streams.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <utility>

namespace gesture::training {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kShownProblems = 20;

std::string textOf(const PrepareReport& report) {
    const double hours = static_cast<double>(report.frames) / 30.0 / 3600.0;
    std::string text = fmt::format("{} clips, {:.2f} hours, {:.1f} MB, {} made now", report.clips,
                                   hours, static_cast<double>(report.bytes) / 1e6, report.made);
    if (report.made > 0)
        text += fmt::format(" at {:.1f} clips a second",
                            static_cast<double>(report.made) / std::max(report.seconds, 1e-3));
    text += "\nStreams:";
    for (const StoreStream& stream : report.streams)
        text += fmt::format(" {} ({})", stream.name, stream.width);
    text += "\nKey: " + report.key;
    if (report.bad.empty()) return text;
    text += fmt::format("\nLeft out: {}", report.bad.size());
    for (std::size_t i = 0; i < std::min(report.bad.size(), kShownProblems); ++i)
        text += fmt::format("\n  {}: {}", report.bad[i].id, report.bad[i].reason);
    if (report.bad.size() > kShownProblems) text += "\n  … all of them in corpus.json";
    return text;
}

std::string jsonOf(const PrepareReport& report) {
    nlohmann::ordered_json json{{"key", report.key},       {"clips", report.clips},
                                {"frames", report.frames}, {"made", report.made},
                                {"bytes", report.bytes},   {"seconds", report.seconds}};
    json["streams"] = nlohmann::ordered_json::object();
    for (const StoreStream& stream : report.streams)
        json["streams"][stream.name] = stream.width;
    json["leftOut"] = nlohmann::ordered_json::object();
    for (const CorpusProblem& problem : report.bad)
        json["leftOut"][problem.id] = problem.reason;
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

Preparation readPreparation(ConfigReader& config, const fs::path& base) {
    Preparation result;
    const auto path = [&](std::string_view key) {
        const std::string text = config.text(key, {});
        return text.empty() ? fs::path{} : base / text;
    };
    PrepareOptions& options = result.options;
    options.corpus = path("corpus");
    if (options.corpus.empty()) config.refuse("corpus", "name the folder of the corpus.");
    const std::string layout = config.choice("layout", {"auto", "beat2", "show", "folder"});
    for (const CorpusLayout known : {CorpusLayout::Beat2, CorpusLayout::Show, CorpusLayout::Folder})
        if (layout == nameOf(known)) options.listing.layout = known;
    options.listing.voices = config.texts("speakers", {});
    options.listing.splits = path("splits");
    options.streams = config.texts("streams", {});
    options.vocabulary = path("vocabulary");
    options.bodyModel = path("body_model");
    result.speechEncoder = path("speech_encoder");
    result.device = config.text("device", "auto");
    options.threads = static_cast<unsigned>(config.count("threads", 2, {1, 64}));
    ConfigReader window = config.section("window");
    options.windows.length = window.count("length", 64, {4, 100'000});
    options.windows.stride = window.count("stride", 20, {1, 100'000});
    result.output = path("output");
    return result;
}

Result<PrepareReport> runPreparation(const Preparation& preparation, JobControl& control) {
    if (preparation.output.empty())
        return Error{ErrorCode::Usage,
                     "Say where the prepared corpus goes: -o FOLDER, or 'output' in the "
                     "configuration."};
    std::unique_ptr<const BundleStreams> speech;
    if (!preparation.speechEncoder.empty()) {
        inference::ComputeOptions compute;
        compute.device = preparation.device;
        auto loaded = BundleStreams::load(preparation.speechEncoder, compute, control);
        if (!loaded) return std::move(loaded).error();
        speech = std::move(*loaded);
    }
    return prepareStore(preparation.options, preparation.output, speech.get(), control);
}

std::string prepareReport(const PrepareReport& report, ReportStyle style) {
    return style == ReportStyle::Json ? jsonOf(report) : textOf(report);
}

Result<PrepareReport> runPrepare(const PrepareArguments& arguments, JobControl& control) {
    auto config = ConfigReader::open(arguments.config);
    if (!config) return std::move(config).error();
    Preparation preparation =
        readPreparation(*config, fs::absolute(arguments.config).parent_path());
    if (auto good = config->finish(); !good) return std::move(good).error();
    if (!arguments.output.empty()) preparation.output = arguments.output;
    return runPreparation(preparation, control);
}

void addPrepareCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("prepare", "Make a corpus ready for training");
    auto arguments = std::make_shared<PrepareArguments>();
    command->add_option("CONFIG", arguments->config, "What to prepare (YAML)")->required();
    command->add_option("-o,--output", arguments->output, "Folder of the prepared corpus");
    command->add_flag_callback(
        "--json", [arguments] { arguments->style = ReportStyle::Json; }, "One line of JSON");
    command->callback([=] {
        choose([arguments]() -> Status {
            JobControl control;
            const auto report = runPrepare(*arguments, control);
            if (!report) return report.error();
            fmt::print("{}\n", prepareReport(*report, arguments->style));
            return Status::success();
        });
    });
}

} // namespace gesture::training
