// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace gesture::test {

/// Where a program of the system lies; empty when it is not installed.
std::filesystem::path outsideProgram(const std::string& name);

struct Outcome {
    int status = -1;
    std::string output;
};
Outcome runOutside(const std::filesystem::path& program, const std::vector<std::string>& arguments);

} // namespace gesture::test

/// Skips the test with a printed reason when the program is not installed.
#define GESTURE_PROGRAM_OR_SKIP(variable, name)                                                    \
    const std::filesystem::path variable = ::gesture::test::outsideProgram(name);                  \
    if (variable.empty()) GTEST_SKIP() << "The program '" << (name) << "' is not installed."
