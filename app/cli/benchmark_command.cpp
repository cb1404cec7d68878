// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ablation.h"
#include "app/cli/command.h"
#include "core/base/atomic_file.h"
#include "core/io/bundle/bundle.h"
#include "core/metrics/metric_info.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace gesture::app {

namespace {

using nlohmann::json;

struct Arguments {
    AblationSettings settings;
    std::string table;
};

json jsonOf(const std::vector<AblationRow>& rows) {
    json list = json::array();
    for (const AblationRow& row : rows) {
        json entry{{"split", row.split},
                   {"name", row.name},
                   {"clips", row.clips},
                   {"seconds", row.seconds}};
        for (const metrics::MetricInfo& info : metrics::metricInfos())
            if (const auto& value = row.total[info.metric].value)
                entry[std::string(info.key)] = *value;
        list.push_back(std::move(entry));
    }
    return {{"rows", list}};
}

Status runBenchmark(Arguments arguments, Console& console) {
    if (arguments.settings.bundles.empty())
        for (const auto& folder : io::installedBundles())
            arguments.settings.bundles.push_back(folder.string());
    const auto rows = runAblation(arguments.settings, console);
    if (!rows) return rows.error();
    console.line(ablationTable(*rows));
    console.object(jsonOf(*rows));
    if (arguments.table.empty()) return Status::success();
    if (auto written = writeTextAtomically(arguments.table, ablationCsv(*rows)); !written)
        return written;
    console.line(fmt::format("Wrote {}", arguments.table));
    return Status::success();
}

} // namespace

void addBenchmarkCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("benchmark", "Measure networks on held-out speech");
    command->require_subcommand(1);
    CLI::App* ablation = command->add_subcommand(
        "ablation", "Networks with and without words against rules, another recording and the mean "
                    "pose, on a computed corpus");
    auto arguments = std::make_shared<Arguments>();
    AblationSettings& settings = arguments->settings;
    ablation->add_option("CORPUS", settings.corpus, "Folder that gesture corpus make has made")
        ->required();
    ablation->add_option("-m,--bundle", settings.bundles,
                         "Bundle; may be repeated; without it all that are installed");
    ablation->add_option("--split", settings.splits, "Which clips; may be repeated")
        ->capture_default_str();
    ablation->add_option("--clips", settings.clips, "How many of each split")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    ablation->add_option("--device", settings.compute.device, "auto, cpu, cuda or cuda:N")
        ->capture_default_str();
    ablation->add_option("--keep", settings.output, "Folder for every motion that is made");
    ablation->add_option("-o,--output", arguments->table, "Also write the table (.csv)");
    ablation->callback(
        [=] { choose([=](Console& console) { return runBenchmark(*arguments, console); }); });
}

} // namespace gesture::app
