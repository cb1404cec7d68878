// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/npy.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace gesture::io {

/// An opened .npz: the directory is read and checked at once (limits of docs on hostile files:
/// entries ≤ 1,000, ratio ≤ 100 past 100 KiB, declared = actual sizes, no overlap, no '..'),
/// arrays are read one by one on demand. Single thread.
class NpzReader {
public:
    struct Entry {
        std::string name; ///< Without ".npy".
        std::vector<std::size_t> shape;
        std::string dtype;     ///< As in the file: "<f4", "|O".
        bool isObject = false; ///< A pickled object array: listed, never read.
    };

    [[nodiscard]] static Result<NpzReader> open(const std::filesystem::path& path);
    NpzReader(NpzReader&&) noexcept;
    NpzReader& operator=(NpzReader&&) noexcept;
    ~NpzReader();

    [[nodiscard]] const std::vector<Entry>& entries() const;
    [[nodiscard]] bool contains(std::string_view name) const;
    /// NotFound with the names that exist; InvalidInput for object arrays and damaged data.
    [[nodiscard]] Result<NpyArray> read(std::string_view name) const;

private:
    struct Impl;
    explicit NpzReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

enum class NpzCompression { Stored, Deflated };

/// Writes arrays in the given order to one .npz, atomically. Same input, same bytes: fixed
/// timestamps (1980-01-01), no extra fields. Files past 4 GiB use ZIP64.
[[nodiscard]] Status writeNpz(const std::filesystem::path& path,
                              const std::vector<std::pair<std::string, NpyArray>>& arrays,
                              NpzCompression compression = NpzCompression::Stored);

} // namespace gesture::io
