// SPDX-License-Identifier: Apache-2.0
#include "training/loop/tensor_file.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace gesture::training {

namespace {

struct TypePair {
    at::ScalarType ours;
    io::TensorType files;
};
constexpr std::array<TypePair, 10> kTypes{{{at::kDouble, io::TensorType::Float64},
                                           {at::kFloat, io::TensorType::Float32},
                                           {at::kHalf, io::TensorType::Float16},
                                           {at::kBFloat16, io::TensorType::BFloat16},
                                           {at::kLong, io::TensorType::Int64},
                                           {at::kInt, io::TensorType::Int32},
                                           {at::kShort, io::TensorType::Int16},
                                           {at::kChar, io::TensorType::Int8},
                                           {at::kByte, io::TensorType::Uint8},
                                           {at::kBool, io::TensorType::Bool}}};

} // namespace

io::TensorInfo describeTensor(const std::string& name, const at::Tensor& tensor) {
    const auto* const found = std::find_if(kTypes.begin(), kTypes.end(), [&](const TypePair& pair) {
        return pair.ours == tensor.scalar_type();
    });
    GESTURE_ASSERT(found != kTypes.end());
    return {name, found->files, io::TensorShape(tensor.sizes().begin(), tensor.sizes().end())};
}

io::TensorData contentsOf(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.detach().to(at::kCPU).contiguous();
    io::TensorInfo info = describeTensor("", flat);
    io::TensorData data{info.type, std::move(info.shape), std::vector<std::byte>(flat.nbytes())};
    if (!data.bytes.empty()) std::memcpy(data.bytes.data(), flat.const_data_ptr(), flat.nbytes());
    return data;
}

Status readTensor(const io::SafetensorsReader& file, const std::string& name,
                  const at::Tensor& tensor) {
    const io::TensorInfo* info = file.find(name);
    if (info == nullptr)
        return Error{ErrorCode::NotFound, fmt::format("tensor '{}' is missing", name)};
    const io::TensorInfo wanted = describeTensor(name, tensor);
    if (*info != wanted)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("tensor '{}' is {} {} and not {} {}", name, io::nameOf(info->type),
                                 io::describeTensorShape(info->shape), io::nameOf(wanted.type),
                                 io::describeTensorShape(wanted.shape))};
    const at::NoGradGuard noGradients;
    at::Tensor read = at::empty(tensor.sizes(), at::TensorOptions().dtype(tensor.scalar_type()));
    const std::span<std::byte> bytes{static_cast<std::byte*>(read.data_ptr()), read.nbytes()};
    if (auto got = file.readInto(name, bytes); !got) return got;
    tensor.detach().copy_(read);
    return Status::success();
}

} // namespace gesture::training
