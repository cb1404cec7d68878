// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/random_access_file.h"
#include "core/io/weights/tensor.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// A file that torch.save made: the zip container of PyTorch 1.6 and later, or the one before.
/// Nothing in it is executed. All sizes are held against the file's size before memory is taken;
/// the tensors together may have 16 times the file's size (they can share storages). Third-party
/// files belong into the sandboxed converter (convert_client.h). Single thread.
class TorchFile {
public:
    enum class Container : std::uint8_t { Zip, Legacy };

    /// The message of a failure names the file and the reason. NotFound, Io, InvalidInput,
    /// LimitExceeded, OutOfMemory.
    [[nodiscard]] static Result<TorchFile> open(const std::filesystem::path& path);
    /// The same for a file that is open already; `name` is for messages.
    [[nodiscard]] static Result<TorchFile> open(RandomAccessFile file, std::string_view name);

    TorchFile(TorchFile&&) noexcept;
    TorchFile& operator=(TorchFile&&) noexcept;
    ~TorchFile();

    [[nodiscard]] Container container() const;
    /// Sorted by name, without "module." where every name had it; a bare tensor is "tensor".
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const;
    /// Entries beside the tensors, of which this program takes nothing; at most 16 names.
    [[nodiscard]] const std::vector<std::string>& skipped() const;
    /// "model_state" and the like, empty when the tensors lay outermost.
    [[nodiscard]] const std::string& wrapper() const;
    [[nodiscard]] bool hadModulePrefix() const;

    /// Reads one tensor; views become contiguous. Keeps the last storage for the next call.
    [[nodiscard]] Result<TensorData> read(std::string_view name);

    struct Impl;

private:
    explicit TorchFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace gesture::io
