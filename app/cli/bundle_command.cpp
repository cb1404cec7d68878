// SPDX-License-Identifier: Apache-2.0
#include "app/cli/bundle_command.h"

#include "app/cli/command.h"
#include "core/inference/bundle_report.h"
#include "core/io/bundle/bundle.h"

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

json jsonOf(const inference::NetworkReport& network) {
    return {{"role", network.role},       {"kind", network.kind},
            {"tensors", network.tensors}, {"parameters", network.parameters},
            {"missing", network.missing}, {"unexpected", network.unexpected},
            {"problem", network.problem}};
}

void showNetworks(const std::vector<inference::NetworkReport>& networks, const Console& console) {
    console.line(fmt::format("  {:<18} {:<17} {:>8} {:>14} {:>8} {:>11}", "network", "kind",
                             "tensors", "parameters", "missing", "unexpected"));
    for (const inference::NetworkReport& network : networks) {
        console.line(fmt::format("  {:<18} {:<17} {:>8} {:>14} {:>8} {:>11}", network.role,
                                 network.kind, network.tensors, network.parameters, network.missing,
                                 network.unexpected));
        if (!network.problem.empty()) console.line("    " + network.problem);
    }
}

Status runPack(const std::string& folder, Console& console) {
    JobControl control = console.job();
    const auto bundle = io::packBundle(folder, control);
    if (!bundle) return bundle.error();
    console.object({{"bundle", folder}, {"hash", bundle->hash}});
    console.line(fmt::format("{}: {} files, bundle.yaml has hash {}", folder,
                             bundle->manifest.files.size(), bundle->hash));
    return Status::success();
}

Status runCheck(const std::string& name, Console& console) {
    const auto folder = io::findBundle(name);
    if (!folder) return folder.error();
    const auto bundle = io::openBundle(*folder);
    if (!bundle) return bundle.error();
    JobControl control = console.job();
    if (auto whole = io::verifyBundle(*bundle, control); !whole) return whole;
    return reportNetworks(*bundle, console);
}

Status runList(Console& console) {
    json list = json::array();
    for (const fs::path& folder : io::installedBundles()) {
        const auto bundle = io::openBundle(folder);
        const std::string text = bundle ? bundle->manifest.name : bundle.error().message();
        console.line(fmt::format("{:<24} {}", folder.filename().string(), text));
        list.push_back({{"folder", folder.string()}, {"usable", bundle.ok()}, {"name", text}});
    }
    console.object({{"bundles", list}});
    if (list.empty()) console.line("No bundle is installed.");
    return Status::success();
}

} // namespace

Status reportNetworks(const io::Bundle& bundle, Console& console) {
    const auto networks = inference::queryBundleReport(bundle.folder);
    if (!networks) return networks.error();
    const io::BundleManifest& manifest = bundle.manifest;
    console.line(fmt::format("{} ({}), licence: {}", manifest.name,
                             io::titleOf(manifest.architecture),
                             manifest.licence.empty() ? "unknown" : manifest.licence));
    showNetworks(*networks, console);
    json list = json::array();
    std::size_t bad = 0;
    for (const inference::NetworkReport& network : *networks) {
        list.push_back(jsonOf(network));
        bad += network.problem.empty() ? 0 : 1;
    }
    console.object({{"bundle", bundle.folder.string()},
                    {"architecture", io::nameOf(manifest.architecture)},
                    {"usable", bad == 0},
                    {"networks", list}});
    if (bad == 0) return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("{} of {} networks of '{}' cannot be loaded: see above.", bad,
                             networks->size(), bundle.folder.string())};
}

void addBundleCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("bundle", "Make, check and list bundles of weights");
    command->require_subcommand(1);
    auto folder = std::make_shared<std::string>();
    CLI::App* pack = command->add_subcommand(
        "pack", "Fill in sizes and hashes of a folder with bundle.yaml and its files");
    pack->add_option("FOLDER", *folder, "The bundle's folder")->required();
    pack->callback([=] { choose([=](Console& console) { return runPack(*folder, console); }); });
    CLI::App* check = command->add_subcommand(
        "check", "Read every file, compare hashes, and hold the tensors against the networks");
    check->add_option("BUNDLE", *folder, "A folder or the name of an installed bundle");
    check->callback([=] { choose([=](Console& console) { return runCheck(*folder, console); }); });
    CLI::App* list = command->add_subcommand("list", "List the installed bundles");
    list->callback([=] { choose([=](Console& console) { return runList(console); }); });
}

} // namespace gesture::app
