// SPDX-License-Identifier: Apache-2.0
// gesture-train: the trainer.

#include "training/devices_command.h"
#include "training/prepare_command.h"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace {

using gesture::training::ReportStyle;

constexpr std::string_view kUsage =
    "Usage: gesture-train devices [--json], which tells what training could run on here; "
    "gesture-train prepare CONFIG [-o FOLDER] [--json], which makes a corpus ready for it.";

bool print(std::string_view text) {
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() &&
           std::fputc('\n', stdout) != EOF && std::fflush(stdout) == 0;
}

int run(const std::vector<std::string>& arguments) {
    if (arguments == std::vector<std::string>{"--help"}) return print(kUsage) ? 0 : 1;
    if (arguments == std::vector<std::string>{"--version"})
        return print("gesture-train " GESTURE_VERSION) ? 0 : 1;
    if (arguments == std::vector<std::string>{"devices"})
        return print(gesture::training::devicesReport(ReportStyle::Text)) ? 0 : 1;
    if (arguments == std::vector<std::string>{"devices", "--json"})
        return print(gesture::training::devicesReport(ReportStyle::Json)) ? 0 : 1;
    if (!arguments.empty() && arguments.front() == "prepare") {
        gesture::JobControl control;
        return gesture::training::runPrepare({arguments.begin() + 1, arguments.end()}, control);
    }
    if (!arguments.empty())
        fmt::print(stderr, "gesture-train does not know '{}'. ", fmt::join(arguments, " "));
    fmt::print(stderr, "{}\n", kUsage);
    return 2;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        fmt::print(stderr, "gesture-train failed: {}\n", error.what());
        return 1;
    }
}
