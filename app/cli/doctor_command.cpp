// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/doctor_checks.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace gesture::app {

namespace {

std::string_view stateName(PartState state) {
    switch (state) {
    case PartState::Ok:
        return "ok";
    case PartState::Optional:
        return "optional";
    case PartState::Missing:
        return "missing";
    }
    return "missing";
}

std::string_view stateMark(PartState state) {
    switch (state) {
    case PartState::Ok:
        return "✓";
    case PartState::Optional:
        return "–";
    case PartState::Missing:
        return "✗";
    }
    return "✗";
}

Status runDoctor(Console& console) {
    const std::vector<DoctorCheck> checks = examineMachine();
    const bool usable = std::ranges::none_of(
        checks, [](const DoctorCheck& check) { return check.state == PartState::Missing; });
    nlohmann::json list = nlohmann::json::array();
    for (const DoctorCheck& check : checks) {
        list.push_back({{"name", check.name},
                        {"state", stateName(check.state)},
                        {"text", check.text},
                        {"advice", check.advice}});
        console.line(fmt::format("{} {:<13} {}", stateMark(check.state), check.name, check.text));
        if (!check.advice.empty()) console.line(fmt::format("  {:<13} → {}", "", check.advice));
    }
    console.object({{"version", GESTURE_VERSION}, {"usable", usable}, {"checks", list}});
    if (usable) return Status::success();
    return Error{ErrorCode::Unavailable,
                 "A needed part is missing: see the lines marked ✗ above and what they advise."};
}

} // namespace

void addDoctorCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command =
        app.add_subcommand("doctor", "Say what is installed, what is missing and what to do");
    command->callback([=] { choose(runDoctor); });
}

} // namespace gesture::app
