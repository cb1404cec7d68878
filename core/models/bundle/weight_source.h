// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/weights/key_report.h"
#include "core/io/weights/safetensors.h"
#include "core/models/layers/scope.h"

#include <string>
#include <utility>

namespace gesture::models {

/// A tensor could not be read while a network was being constructed. Leaves the constructor of the
/// network and is caught by whoever called it (see loadNetwork).
class WeightFault : public std::exception {
public:
    explicit WeightFault(Error error)
        : error_(std::move(error)) {}
    [[nodiscard]] const char* what() const noexcept override { return error_.message().c_str(); }
    [[nodiscard]] const Error& error() const { return error_; }

private:
    Error error_;
};

/// Where the numbers of a network go.
struct Placement {
    at::Device device = at::kCPU;
    at::ScalarType type = at::kFloat;
};

/// Reads the tensors of a network from a file whose keys were held against it (`report`). Halves
/// and 8-bit numbers with a scale become numbers of the wanted type; dead tensors are not read.

class WeightSource final : public TensorSource {
public:
    /// Both outlive the source.
    WeightSource(const io::SafetensorsReader& file, const io::KeyReport& report,
                 Placement placement);

    at::Tensor take(const TensorSpec& spec) override;
    [[nodiscard]] Purpose purpose() const override { return Purpose::Running; }

private:
    [[nodiscard]] at::Tensor read(const std::string& name) const;

    const io::SafetensorsReader& file_;
    const io::KeyReport& report_;
    Placement placement_;
};

} // namespace gesture::models
