// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace gesture::app {

/// How a command talks: `--json` and `--quiet`.
struct ConsoleOptions {
    bool json = false;
    bool quiet = false;
};

/// Results on standard output, progress and errors on standard error. One per program, main thread.
class Console {
public:
    explicit Console(ConsoleOptions options);

    [[nodiscard]] bool json() const { return options_.json; }

    /// A line of the result for people; nothing with --json.
    void line(std::string_view text) const;
    /// The result for programs: one line of JSON, only with --json.
    void object(const nlohmann::json& value) const;
    /// A line of JSON, with --json or without: the result of commands that go through many files.
    void record(const nlohmann::json& value);
    /// A remark that is not the result ("The sound is longer than the motion."); on standard error.
    void note(std::string_view text) const;
    /// A failure: one sentence on standard error, or {"error": …} with --json.
    void error(const Error& error);

    /// Control for a long job: a bar on a terminal, JSON lines with --json, else silence; stopped
    /// by Ctrl+C or a termination signal.
    [[nodiscard]] JobControl job();

private:
    void showProgress(const Progress& progress);
    void clearBar();

    ConsoleOptions options_;
    bool terminal_ = false;
    bool barShown_ = false;
};

/// Makes SIGINT and SIGTERM request a stop of `Console::job`s; the second one ends the program.
void catchInterrupts();

} // namespace gesture::app
