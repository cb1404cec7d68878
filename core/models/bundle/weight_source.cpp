// SPDX-License-Identifier: Apache-2.0
#include "core/models/bundle/weight_source.h"

#include "core/models/bundle/tensor_list.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <cstddef>
#include <span>
#include <vector>

#include <fmt/format.h>

namespace gesture::models {

namespace {

at::ScalarType scalarTypeOf(io::TensorType type) {
    switch (type) {
    case io::TensorType::Float64:
        return at::kDouble;
    case io::TensorType::Float32:
        return at::kFloat;
    case io::TensorType::Float16:
        return at::kHalf;
    case io::TensorType::BFloat16:
        return at::kBFloat16;
    case io::TensorType::Int64:
        return at::kLong;
    case io::TensorType::Int32:
        return at::kInt;
    case io::TensorType::Int16:
        return at::kShort;
    case io::TensorType::Int8:
        return at::kChar;
    case io::TensorType::Uint8:
        return at::kByte;
    case io::TensorType::Bool:
        return at::kBool;
    }
    return at::kFloat;
}

} // namespace

WeightSource::WeightSource(const io::SafetensorsReader& file, const io::KeyReport& report,
                           Placement placement)
    : file_(file)
    , report_(report)
    , placement_(placement) {}

at::Tensor WeightSource::read(const std::string& name) const {
    const io::TensorInfo* info = file_.find(name);
    if (info == nullptr)
        throw WeightFault({ErrorCode::NotFound, fmt::format("There is no tensor '{}'.", name)});
    const std::vector<std::int64_t> shape(info->shape.begin(), info->shape.end());
    at::Tensor tensor = at::empty(shape, scalarTypeOf(info->type));
    const std::span<std::byte> bytes{static_cast<std::byte*>(tensor.data_ptr()), tensor.nbytes()};
    if (auto status = file_.readInto(name, bytes); !status) throw WeightFault(status.error());
    return tensor;
}

at::Tensor WeightSource::take(const TensorSpec& spec) {
    if (spec.liveness == Liveness::Dead)
        return at::empty(spec.shape, at::TensorOptions().device(at::kMeta).dtype(at::kFloat));
    const auto stored = report_.loadable.find(spec.name);
    if (stored == report_.loadable.end()) {
        if (spec.role == TensorRole::Counter) return at::zeros(spec.shape, at::kLong);
        throw WeightFault({ErrorCode::InvalidInput, fmt::format("'{}' is missing.", spec.name)});
    }
    at::Tensor tensor = read(stored->second);
    if (spec.role != TensorRole::Counter) {
        const bool scaled = tensor.scalar_type() == at::kChar;
        tensor = tensor.to(at::kFloat);
        if (scaled) {
            std::vector<std::int64_t> rows(spec.shape.size(), 1);
            if (!rows.empty()) rows.front() = -1;
            tensor =
                tensor * read(stored->second + std::string(kScaleSuffix)).to(at::kFloat).view(rows);
        }
        tensor = tensor.to(placement_.device, placement_.type);
    }
    return tensor;
}

} // namespace gesture::models
