// SPDX-License-Identifier: Apache-2.0
// gesture-engine: the child process that runs networks for the studio and the command line.

#include "core/inference/bundle_report.h"
#include "core/inference/engine_capabilities.h"
#include "core/inference/message_loop.h"
#include "core/io/bundle/bundle.h"
#include "core/models/bundle/check_networks.h"
#include "core/models/device_report.h"
#include "core/models/generation/network_service.h"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

namespace {

constexpr std::string_view kUsage =
    "gesture-engine is started by gesture-studio and gesture. By hand: gesture-engine "
    "--capabilities prints what it can do on this machine, --check-bundle FOLDER how a bundle's "
    "files agree with their networks, each as one line of JSON; --serve answers requests over its "
    "standard streams; --version prints its version.";

bool print(std::string_view line) {
    return std::fwrite(line.data(), 1, line.size(), stdout) == line.size() &&
           std::fputc('\n', stdout) != EOF && std::fflush(stdout) == 0;
}

int checkBundle(const std::string& folder) {
    const auto bundle = gesture::io::openBundle(folder);
    if (!bundle) {
        fmt::print(stderr, "{}\n", bundle.error().message());
        return 1;
    }
    const auto report = gesture::models::checkNetworks(*bundle);
    return print(gesture::inference::formatBundleReport(report)) ? 0 : 1;
}

int serve() {
    const auto served = gesture::inference::serveStandardStreams(
        gesture::models::makeNetworkService, {GESTURE_VERSION});
    if (served) return 0;
    fmt::print(stderr, "{}\n", served.error().message());
    return gesture::exitStatus(served.error().code());
}

int run(std::string_view argument) {
    if (argument == "--serve") return serve();
    if (argument == "--capabilities") {
        const auto report = gesture::models::reportDevices(GESTURE_VERSION);
        return print(gesture::inference::formatEngineCapabilities(report)) ? 0 : 1;
    }
    if (argument == "--version") return print("gesture-engine " GESTURE_VERSION) ? 0 : 1;
    if (argument == "--help") return print(kUsage) ? 0 : 1;
    fmt::print(stderr, "gesture-engine does not know '{}'. {}\n", argument, kUsage);
    return 2;
}

} // namespace

int main(int argc, char** argv) {
    const bool check = argc == 3 && std::string_view(argv[1]) == "--check-bundle";
    if (argc != 2 && !check) {
        fmt::print(stderr, "{}\n", kUsage);
        return 2;
    }
    try {
        return check ? checkBundle(argv[2]) : run(argv[1]);
    } catch (const std::exception& error) {
        fmt::print(stderr, "gesture-engine failed: {}\n", error.what());
        return 1;
    }
}
