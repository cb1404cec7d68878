// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/paths.h"
#include "core/base/process.h"
#include "tests/support/temporary_folder.h"

#include <chrono>
#include <cstdlib>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace gesture::test {

inline constexpr std::chrono::seconds kProgramLimit{60};

inline ProgramOutput runTool(const std::string& program, std::vector<std::string> arguments) {
    const auto path = findProgram(program);
    EXPECT_TRUE(path) << program;
    if (!path) return {};
    auto output = runProgram({*path, std::move(arguments)}, kProgramLimit);
    EXPECT_TRUE(output.ok());
    return output ? *output : ProgramOutput{};
}

/// Whether the tests run on a virtual display already (packaging/test says so).
inline bool onVirtualDisplay() { return std::getenv("GESTURE_VIRTUAL_DISPLAY") != nullptr; }

inline bool hasDisplay() { return onVirtualDisplay() || findProgram("xvfb-run").has_value(); }

/// Runs the studio on a virtual display with settings of its own; `environment` as NAME=VALUE.
inline ProgramOutput runStudio(const TemporaryFolder& folder, std::vector<std::string> arguments,
                               const std::vector<std::string>& environment = {}) {
    std::vector<std::string> all{"XDG_CONFIG_HOME=" + folder.path().string(),
                                 "GESTURE_DATA=" + (folder / "data").string(),
                                 "QT_QPA_PLATFORM=xcb"};
    all.insert(all.end(), environment.begin(), environment.end());
    if (!onVirtualDisplay()) {
        all.insert(all.end(), {"xvfb-run", "-a", "-s", "-screen 0 1920x1200x24"});
    }
    all.emplace_back(GESTURE_TEST_BINARIES "/gesture-studio");
    all.insert(all.end(), arguments.begin(), arguments.end());
    return runTool("env", std::move(all));
}

} // namespace gesture::test
