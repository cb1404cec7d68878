// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/scope.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::test {

/// `count` values in [-1, 1) that follow from a name alone: splitmix64 from the FNV-1a hash of the
/// name, upper 24 bits. The same rule filled the authors' networks when the golden values were
/// made.
[[nodiscard]] at::Tensor namedUniform(std::string_view name, std::vector<std::int64_t> shape);

/// Gives each tensor the values that its name and shape determine, so that a network's outputs can
/// be compared with those of the authors' classes without any trained weights.
class FilledSource final : public models::TensorSource {
public:
    at::Tensor take(const models::TensorSpec& spec) override;

    /// All tensors that were asked for, by name; sharing counts once.
    [[nodiscard]] const std::map<std::string, models::TensorSpec>& specs() const { return specs_; }
    /// Numbers in all parameters together, dead ones included.
    [[nodiscard]] std::int64_t parameterCount() const;
    /// SHA-256 over lines "name<TAB>AxBxC<LF>", sorted by name.
    [[nodiscard]] std::string digest() const;

private:
    std::map<std::string, models::TensorSpec> specs_;
    std::map<std::string, at::Tensor> tensors_;
};

} // namespace gesture::test
