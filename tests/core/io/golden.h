// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace gesture::test {

/// A file that tests/golden/make_npz_golden.py wrote with NumPy.
inline std::filesystem::path goldenNpz(const std::string& name) {
    return std::filesystem::path(GESTURE_TEST_SOURCE) / "tests/golden/npz" / name;
}

/// `ramp` of make_npz_golden.py: element i of its arrays, by the letter of the type.
inline double rampAt(std::size_t index, char kind) {
    const auto value = static_cast<double>((37 * index + 11) % 101);
    if (kind == 'b') return static_cast<int>(value) % 2;
    if (kind == 'u') return value;
    return kind == 'i' ? value - 50 : (value - 50) * 0.25;
}

inline std::vector<double> ramp(std::size_t count, char kind) {
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(rampAt(i, kind));
    return values;
}

} // namespace gesture::test
