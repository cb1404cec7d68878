// SPDX-License-Identifier: Apache-2.0
// gesture: the command line. No display, no Qt, no torch.
#include "app/cli/command.h"
#include "app/cli/export_command.h"
#include "core/base/log.h"

#include <CLI/CLI.hpp>
#include <exception>
#include <new>

namespace gesture::app {
namespace {

Status guarded(const CommandBody& body, Console& console) {
    try {
        return body(console);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     "There is not enough memory. Nothing was written. Close other programs or "
                     "use a smaller input."};
    } catch (const std::exception& exception) {
        return Error{ErrorCode::Internal,
                     std::string("Internal error: ") + exception.what() + ". Please report this."};
    }
}

int run(int count, char** arguments) {
    CLI::App app{"Gesture Studio on the command line: speech to full-body motion.", "gesture"};
    app.set_version_flag("--version", std::string("gesture ") + GESTURE_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    ConsoleOptions options;
    app.add_flag("--json", options.json, "Results and progress as lines of JSON");
    app.add_flag("--quiet", options.quiet, "No progress and no remarks");

    CommandBody body;
    const ChooseCommand choose = [&](CommandBody chosen) { body = std::move(chosen); };
    addInfoCommand(app, choose);
    addRenderCommand(app, choose);
    addExportCommand(app, choose);
    addAvatarCommand(app, choose);
    addGenerateCommand(app, choose);
    addBatchCommand(app, choose);
    addAnalyseCommand(app, choose);
    addEditCommand(app, choose);
    addEvaluateCommand(app, choose);
    addBenchmarkCommand(app, choose);
    addProjectCommand(app, choose);
    addFeaturesCommand(app, choose);
    addImportCommand(app, choose);
    addRetargetCommand(app, choose);
    addTranscribeCommand(app, choose);
    addDoctorCommand(app, choose);
    addWeightsCommand(app, choose);
    addBundleCommand(app, choose);
    addCorpusCommand(app, choose);
    addClusterCommand(app, choose);

    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error);
        return status == 0 ? 0 : exitStatus(ErrorCode::Usage);
    }
    startLogging(LogLevel::Warning);
    catchInterrupts();
    Console console(options);
    const Status status = guarded(body, console);
    if (status.ok()) return 0;
    console.error(status.error());
    return exitStatus(status.error().code());
}

} // namespace
} // namespace gesture::app

int main(int count, char** arguments) { return gesture::app::run(count, arguments); }
