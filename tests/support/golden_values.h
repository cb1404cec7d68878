// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace gesture::test {

/// Arrays of `tests/golden/NAME`, written by tests/golden/golden_file.py.
inline std::map<std::string, std::vector<float>> goldenValues(const std::string& name) {
    std::ifstream file(std::string(GESTURE_TEST_SOURCE) + "/tests/golden/" + name);
    EXPECT_TRUE(file) << "tests/golden/" << name << " is missing";
    std::map<std::string, std::vector<float>> arrays;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string key;
        words >> key;
        for (std::string word; words >> word;) {
            arrays[key].push_back(std::strtof(word.c_str(), nullptr));
        }
    }
    return arrays;
}

} // namespace gesture::test
