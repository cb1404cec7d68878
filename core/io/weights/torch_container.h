// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/random_access_file.h"
#include "core/io/weights/torch_pickle.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace gesture::io {

/// Where the tensors of a torch.save file lie. Immutable, one thread at a time.
class TorchContainer {
public:
    virtual ~TorchContainer() = default;

    [[nodiscard]] virtual const TorchContents& contents() const = 0;
    /// All bytes of a storage, by its index. Its size was held against the file's.
    [[nodiscard]] virtual Result<std::vector<std::byte>> readStorage(std::size_t index) const = 0;
};

using SharedFile = std::shared_ptr<const RandomAccessFile>;

/// Bytes of pickle that are read; those of the largest checkpoints have below 1 MiB.
inline constexpr std::uint64_t kMaxTorchPickle = std::uint64_t{16} << 20;

/// PyTorch 1.6 and later: a zip archive of NAME/data.pkl and NAME/data/KEY.
[[nodiscard]] Result<std::unique_ptr<TorchContainer>> openTorchZip(const SharedFile& file,
                                                                   const std::string& subject);

/// Before: five pickles (magic number, version, machine, contents, keys), then the storages, each
/// with its number of elements in front.
[[nodiscard]] Result<std::unique_ptr<TorchContainer>> openTorchLegacy(const SharedFile& file,
                                                                      const std::string& subject);
/// Whether a file begins with the legacy container's magic number.
[[nodiscard]] bool beginsLikeTorchLegacy(const RandomAccessFile& file);

} // namespace gesture::io
