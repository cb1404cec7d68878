// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/weights/safetensors.h"
#include "training/loop/stage.h"

#include <string>

namespace gesture::training {

/// What a file says of a tensor. Types that safetensors has not are a broken invariant.
[[nodiscard]] io::TensorInfo describeTensor(const std::string& name, const at::Tensor& tensor);

/// The numbers of a tensor on any device, in C order.
[[nodiscard]] io::TensorData contentsOf(const at::Tensor& tensor);

/// Overwrites a tensor with the one that the file has under `name`. InvalidInput when type or shape
/// differ, NotFound.
[[nodiscard]] Status readTensor(const io::SafetensorsReader& file, const std::string& name,
                                const at::Tensor& tensor);

} // namespace gesture::training
