// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/weights/pickle_reader.h"
#include "core/io/weights/tensor.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// A run of numbers of one type that tensors are views of.
struct TorchStorage {
    std::string key;
    TensorType type = TensorType::Float32;
    std::uint64_t count = 0; ///< Elements.

    /// Never overflows: checked when the pickle was read.
    [[nodiscard]] std::uint64_t bytes() const { return count * elementSize(type); }
};

/// One tensor as a strided view of a storage, checked to lie inside it and to have no more elements
/// than it.
struct TorchTensor {
    TensorInfo info;
    std::size_t storage = 0; ///< Index into TorchContents::storages.
    std::uint64_t offset = 0;
    std::vector<std::uint64_t> strides; ///< In elements, one for each axis.
};

/// What the pickle of a torch.save file describes.
struct TorchContents {
    std::vector<TorchStorage> storages; ///< All that the pickle names, also beside the tensors.
    std::vector<TorchTensor> tensors; ///< Sorted by name; "tensor" when the file is a bare tensor.
    std::vector<std::string>
        skipped;               ///< Entries of the dictionary that are no tensors; at most 16.
    std::string wrapper;       ///< Key of the dictionary that was taken, "model_state".
    bool modulePrefix = false; ///< Every name began with "module."; it is gone.
};

/// The allow-list: collections.OrderedDict, torch._utils._rebuild_tensor_v2 and _rebuild_parameter,
/// the family torch.{Double,Float,Half,BFloat16,Long,Int,Short,Char,Byte,Bool}Storage, torch.Size,
/// and what numbers of numpy are pickled by: numpy.core.multiarray.scalar,
/// numpy._core.multiarray.scalar, numpy.dtype, _codecs.encode.
[[nodiscard]] bool isTorchGlobal(std::string_view global);

/// Rules for the pickles of torch.save; `subject` is the file's name in quotes.
[[nodiscard]] PickleRules torchPickleRules(std::string subject);

/// Finds the tensors: a bare tensor, a dictionary of tensors, or one below model_state,
/// model_state_dict, state_dict or model. Any device tag is ignored. InvalidInput in words.
[[nodiscard]] Result<TorchContents> interpretTorchPickle(const PickleTree& tree,
                                                         const std::string& subject);

/// Copies a view into C order. `storage` holds the whole storage; `out` has the tensor's bytes.
void copyTorchTensor(const TorchTensor& tensor, std::span<const std::byte> storage,
                     std::span<std::byte> out);

} // namespace gesture::io
