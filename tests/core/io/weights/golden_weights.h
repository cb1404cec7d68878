// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/weights/tensor.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gesture::test {

/// What PyTorch had in one of the files of tests/golden/weights.
struct GoldenTensor {
    std::string dtype;
    io::TensorShape shape;
    std::vector<double> values;
};
using GoldenTensors = std::map<std::string, GoldenTensor>;

[[nodiscard]] std::filesystem::path goldenWeights(const std::string& name);
/// By the names of the files.
[[nodiscard]] const std::map<std::string, GoldenTensors>& goldenTensors();
[[nodiscard]] std::map<std::string, std::uint32_t> goldenVocabulary();

/// Elements as numbers; all of the types are exact in a double here.
[[nodiscard]] std::vector<double> numbersOf(const io::TensorData& tensor);

/// A tensor of float32 values.
[[nodiscard]] io::TensorData floatTensor(io::TensorShape shape, const std::vector<float>& values);

} // namespace gesture::test
