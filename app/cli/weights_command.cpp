// SPDX-License-Identifier: Apache-2.0
#include "app/cli/bundle_command.h"
#include "app/cli/command.h"
#include "core/io/bundle/convert.h"
#include "core/io/weights/convert_client.h"
#include "core/io/weights/safetensors.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gesture::app {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

struct WeightsOptions {
    std::string source;               ///< To look into.
    std::vector<std::string> sources; ///< To convert.
    std::string target;
    std::string architecture;
    std::string name;
    std::string licence;
    std::string origin;
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

/// One file to another.
Status convertFile(const WeightsOptions& options, Console& console) {
    if (options.sources.size() != 1)
        return Error{ErrorCode::Usage,
                     "One file becomes one .safetensors file; name a folder to make a bundle."};
    const std::string& source = options.sources.front();
    const auto report = io::convertWeights(source, options.target, {}, console.job());
    if (!report) return report.error();
    console.object({{"file", source}, {"output", options.target}, {"count", report->count}});
    console.line(
        fmt::format("{}: {} tensors written to {}", source, report->count, options.target));
    return Status::success();
}

Result<std::optional<io::Architecture>> architectureOf(const std::string& name) {
    if (name.empty()) return std::optional<io::Architecture>();
    for (const auto value :
         {io::Architecture::SemTalk, io::Architecture::EchoMask, io::Architecture::Emage})
        if (io::nameOf(value) == name) return std::optional(value);
    return Error{ErrorCode::Usage, fmt::format("'{}' is none of semtalk, echomask, emage.", name)};
}

Status convertBundle(const WeightsOptions& options, Console& console) {
    auto architecture = architectureOf(options.architecture);
    if (!architecture) return std::move(architecture).error();
    const io::ReleasedFiles files{{options.sources.begin(), options.sources.end()},
                                  options.name,
                                  *architecture,
                                  options.licence,
                                  options.origin};
    JobControl control = console.job();
    const auto converted = io::convertReleased(files, options.target, control);
    if (!converted) return converted.error();
    for (const auto& file : converted->files)
        console.line(fmt::format("{:<18} {} ({})", file.role.empty() ? "left out" : file.role,
                                 file.source.string(), file.note));
    const Status checked = reportNetworks(converted->bundle, console);
    if (!checked && checked.error().code() == ErrorCode::Unavailable) {
        console.note("The bundle was written, but not checked: " + checked.error().message());
        return Status::success();
    }
    return checked;
}

Status runConvert(const WeightsOptions& options, Console& console) {
    return isSafetensors(options.target) ? convertFile(options, console)
                                         : convertBundle(options, console);
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
    CLI::App* convert = command->add_subcommand(
        "convert", "Make a bundle of released checkpoints, or one .safetensors file of one");
    convert
        ->add_option("FILE", options->sources,
                     "Checkpoints (.bin, .pt, .pth, .safetensors), vocab.pkl, merges.txt, a motion "
                     "npz to start from, or folders with them")
        ->required();
    convert
        ->add_option("-o,--output", options->target,
                     "The bundle's folder, or a file that ends in .safetensors")
        ->required();
    convert->add_option("--architecture", options->architecture,
                        "semtalk, echomask or emage, where the files make more than one");
    convert->add_option("--name", options->name, "What the bundle is called");
    convert->add_option("--licence", options->licence, "Licence of the weights");
    convert->add_option("--source", options->origin, "Where the weights come from");
    convert->callback(
        [=] { choose([=](Console& console) { return runConvert(*options, console); }); });
}

} // namespace gesture::app
