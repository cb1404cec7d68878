// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "core/io/weights/convert_client.h"
#include "core/io/weights/safetensors.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace gesture::app {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

struct WeightsOptions {
    std::string source;
    std::string target;
};

bool isSafetensors(const fs::path& path) { return path.extension() == ".safetensors"; }

Result<io::ConvertReport> inspect(const fs::path& path, const JobControl& control) {
    if (!isSafetensors(path)) return io::inspectWeights(path, {}, control);
    auto reader = io::SafetensorsReader::open(path);
    if (!reader) return std::move(reader).error();
    return io::ConvertReport{"safetensors",     {}, false, reader->tensors().size(),
                             reader->tensors(), {}};
}

json jsonOf(const io::ConvertReport& report, const std::string& file) {
    json tensors = json::array();
    for (const io::TensorInfo& info : report.tensors)
        tensors.push_back(
            {{"name", info.name}, {"dtype", io::nameOf(info.type)}, {"shape", info.shape}});
    return {{"file", file},
            {"container", report.container},
            {"wrapper", report.wrapper},
            {"modulePrefix", report.modulePrefix},
            {"count", report.count},
            {"tensors", tensors},
            {"skipped", report.skipped}};
}

Status runInspect(const WeightsOptions& options, Console& console) {
    const auto report = inspect(options.source, console.job());
    if (!report) return report.error();
    console.object(jsonOf(*report, options.source));
    console.line(fmt::format("{}: {} tensors ({}{}{})", options.source, report->count,
                             report->container,
                             report->wrapper.empty() ? "" : ", below " + report->wrapper,
                             report->modulePrefix ? ", without 'module.'" : ""));
    for (const io::TensorInfo& info : report->tensors)
        console.line(fmt::format("  {:<56} {:<5} {}", info.name, io::nameOf(info.type),
                                 io::describeTensorShape(info.shape)));
    for (const std::string& name : report->skipped)
        console.line(fmt::format("  {:<56} left out: no tensor", name));
    return Status::success();
}

Status runConvert(const WeightsOptions& options, Console& console) {
    if (!isSafetensors(options.target))
        return Error{ErrorCode::Usage,
                     fmt::format("'{}' must end in .safetensors.", options.target)};
    const auto report = io::convertWeights(options.source, options.target, {}, console.job());
    if (!report) return report.error();
    console.object(
        {{"file", options.source}, {"output", options.target}, {"count", report->count}});
    console.line(
        fmt::format("{}: {} tensors written to {}", options.source, report->count, options.target));
    return Status::success();
}

} // namespace

void addWeightsCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("weights", "Look into or convert weight files");
    command->require_subcommand(1);
    auto options = std::make_shared<WeightsOptions>();
    CLI::App* look = command->add_subcommand("inspect", "List the tensors of a weight file");
    look->add_option("FILE", options->source, "A .safetensors, .bin, .pt or .pth file")->required();
    look->callback(
        [=] { choose([=](Console& console) { return runInspect(*options, console); }); });
    CLI::App* convert =
        command->add_subcommand("convert", "Convert a file of PyTorch to safetensors");
    convert->add_option("FILE", options->source, "A .bin, .pt or .pth file")->required();
    convert->add_option("-o,--output", options->target, "The .safetensors file to write")
        ->required();
    convert->callback(
        [=] { choose([=](Console& console) { return runConvert(*options, console); }); });
}

} // namespace gesture::app
