// SPDX-License-Identifier: Apache-2.0
#include "training/commands/train_program.h"

#include "core/base/log.h"
#include "training/commands/command.h"
#include "training/commands/devices_command.h"

#include <CLI/CLI.hpp>
#include <c10/util/Exception.h>
#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <new>
#include <string>

namespace gesture::training {

namespace {

std::string firstLineOfWhat(const std::exception& exception) {
    const std::string text = exception.what();
    return text.substr(0, text.find('\n'));
}

Status guardedCommand(const CommandBody& body) {
    try {
        return body();
    } catch (const c10::OutOfMemoryError& exception) {
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("The device has not enough memory: {} Make the batch smaller. "
                                 "The checkpoints are as they were.",
                                 firstLineOfWhat(exception))};
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory, "There is not enough memory: make the batch smaller. "
                                             "The checkpoints are as they were."};
    } catch (const std::exception& exception) {
        return Error{ErrorCode::Internal,
                     fmt::format("Internal error: {}. Please report this. The checkpoints are as "
                                 "they were.",
                                 firstLineOfWhat(exception))};
    }
}

void addCommands(CLI::App& app, const ChooseCommand& choose) {
    addPrepareCommand(app, choose);
    addRunCommand(app, choose);
    addCheckCommand(app, choose);
    addListCommand(app, choose);
    addExportCommand(app, choose);
    addDevicesCommand(app, choose);
}

} // namespace

void addDevicesCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("devices", "What training can run on here");
    auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "One line of JSON");
    command->callback([=] {
        choose([json]() -> Status {
            fmt::print("{}\n", devicesReport(*json ? ReportStyle::Json : ReportStyle::Text));
            return Status::success();
        });
    });
}

int runTrainProgram(int count, char** arguments) {
    CLI::App app{"Trains the networks of Gesture Studio.", "gesture-train"};
    app.set_version_flag("--version", std::string("gesture-train ") + GESTURE_VERSION);
    app.require_subcommand(1);
    CommandBody body;
    addCommands(app, [&](CommandBody chosen) { body = std::move(chosen); });
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error);
        return status == 0 ? 0 : exitStatus(ErrorCode::Usage);
    }
    startLogging(LogLevel::Warning);
    // A closed pipe and a limit on files are errors of a write, not the end of the process:
    // training goes on when the program that listened is gone.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    const Status status = guardedCommand(body);
    if (status.ok()) return 0;
    fmt::print(stderr, "gesture-train: {}\n", status.error().message());
    return exitStatus(status.error().code());
}

} // namespace gesture::training
