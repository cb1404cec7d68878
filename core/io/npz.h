// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/npy.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gesture::io {

/// An opened .npz from anywhere: the directory and all array headers are read and checked at once
/// (see `readZipDirectory`; also: each array's shape fits the size of its member), arrays are read
/// one by one on demand. Members that are no .npy are ignored. Single thread.
class NpzReader {
public:
    struct Entry {
        std::string name; ///< Without ".npy".
        std::vector<std::size_t> shape;
        std::string dtype;     ///< As in the file: "<f4", "|O".
        bool isObject = false; ///< A pickled object array: listed, never read.
    };

    /// Largest array that is read.
    static constexpr std::uint64_t kMaxArrayBytes = 4ULL << 30;

    /// NotFound, Io, InvalidInput, LimitExceeded; the message begins with the file's name.
    [[nodiscard]] static Result<NpzReader> open(const std::filesystem::path& path);
    NpzReader(NpzReader&&) noexcept;
    NpzReader& operator=(NpzReader&&) noexcept;
    ~NpzReader();

    [[nodiscard]] const std::vector<Entry>& entries() const;
    /// Nothing if there is no such array. Valid as long as the reader.
    [[nodiscard]] const Entry* find(std::string_view name) const;
    [[nodiscard]] bool contains(std::string_view name) const { return find(name) != nullptr; }
    /// NotFound with the names that exist; InvalidInput for object arrays and damaged data;
    /// LimitExceeded past `kMaxArrayBytes`; OutOfMemory.
    [[nodiscard]] Result<NpyArray> read(std::string_view name) const;

private:
    struct Impl;
    explicit NpzReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

enum class NpzCompression { Stored, Deflated };

/// Writes arrays in the given order to one .npz, atomically. Same input, same bytes: fixed
/// timestamps (1980-01-01), no extra fields. Files past 4 GiB use ZIP64. Names must differ. Io.
[[nodiscard]] Status writeNpz(const std::filesystem::path& path,
                              const std::vector<std::pair<std::string, NpyArray>>& arrays,
                              NpzCompression compression = NpzCompression::Stored);

} // namespace gesture::io
