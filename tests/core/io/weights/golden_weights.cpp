// SPDX-License-Identifier: Apache-2.0
#include "tests/core/io/weights/golden_weights.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gesture::test {

namespace {

using io::TensorType;

const nlohmann::json& expectedJson() {
    static const nlohmann::json value = [] {
        std::ifstream file(goldenWeights("expected.json"));
        return nlohmann::json::parse(file);
    }();
    return value;
}

template <typename T>
T elementAt(const std::vector<std::byte>& bytes, std::size_t index) {
    T value;
    std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
    return value;
}

double halfToDouble(std::uint16_t bits) {
    const int exponent = (bits >> 10) & 31;
    const double fraction = bits & 1023;
    const double magnitude =
        exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024.0 + fraction, exponent - 25);
    return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

double numberAt(const io::TensorData& tensor, std::size_t i) {
    const auto& bytes = tensor.bytes;
    switch (tensor.type) {
    case TensorType::Float64:
        return elementAt<double>(bytes, i);
    case TensorType::Float32:
        return static_cast<double>(elementAt<float>(bytes, i));
    case TensorType::Float16:
        return halfToDouble(elementAt<std::uint16_t>(bytes, i));
    case TensorType::BFloat16:
        return static_cast<double>(
            std::bit_cast<float>(std::uint32_t{elementAt<std::uint16_t>(bytes, i)} << 16));
    case TensorType::Int64:
        return static_cast<double>(elementAt<std::int64_t>(bytes, i));
    case TensorType::Int32:
        return elementAt<std::int32_t>(bytes, i);
    case TensorType::Int16:
        return elementAt<std::int16_t>(bytes, i);
    case TensorType::Int8:
        return elementAt<std::int8_t>(bytes, i);
    case TensorType::Uint8:
    case TensorType::Bool:
        return elementAt<std::uint8_t>(bytes, i);
    }
    return 0;
}

} // namespace

std::filesystem::path goldenWeights(const std::string& name) {
    return std::filesystem::path(GESTURE_TEST_SOURCE) / "tests/golden/weights" / name;
}

const std::map<std::string, GoldenTensors>& goldenTensors() {
    static const auto files = [] {
        std::map<std::string, GoldenTensors> result;
        for (const auto& [file, tensors] : expectedJson().items()) {
            if (file == "vocabulary") continue;
            for (const auto& [name, tensor] : tensors.items())
                result[file][name] = {tensor["dtype"], tensor["shape"], tensor["values"]};
        }
        return result;
    }();
    return files;
}

std::map<std::string, std::uint32_t> goldenVocabulary() { return expectedJson()["vocabulary"]; }

std::vector<double> numbersOf(const io::TensorData& tensor) {
    std::vector<double> numbers(*io::elementCount(tensor.shape));
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = numberAt(tensor, i);
    return numbers;
}

io::TensorData floatTensor(io::TensorShape shape, const std::vector<float>& values) {
    io::TensorData tensor{TensorType::Float32, std::move(shape), {}};
    tensor.bytes.resize(values.size() * sizeof(float));
    std::memcpy(tensor.bytes.data(), values.data(), tensor.bytes.size());
    return tensor;
}

} // namespace gesture::test
