// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>

namespace gesture::test {

/// A file of the data folder that may lie beside the project (it may not be distributed):
/// `$GESTURE_SHARED/data/NAME`, else `<project>/../shared/data/NAME`. Empty when absent.
inline std::filesystem::path sharedData(const std::string& name) {
    const char* set = std::getenv("GESTURE_SHARED");
    const std::filesystem::path folder =
        set != nullptr ? std::filesystem::path(set)
                       : std::filesystem::path(GESTURE_TEST_SOURCE).parent_path() / "shared";
    std::error_code ignored;
    const std::filesystem::path file = folder / "data" / name;
    return std::filesystem::is_regular_file(file, ignored) ? file : std::filesystem::path{};
}

} // namespace gesture::test

/// Skips the test with a printed reason when the file is not there.
#define GESTURE_SHARED_DATA_OR_SKIP(variable, name)                                                \
    const std::filesystem::path variable = ::gesture::test::sharedData(name);                      \
    if (variable.empty())                                                                          \
    GTEST_SKIP() << "The real clip '" << (name) << "' is not in ../shared/data."
