// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/random_access_file.h"
#include "core/io/weights/tensor.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// Header entry `__metadata__`.
using TensorMetadata = std::map<std::string, std::string>;

/// A safetensors file, opened for reading. Stricter than the format: the header has at most 16 MiB
/// and 100,000 tensors, every field occurs once, the tensors fill the file without gap or overlap.
/// Nothing is allocated by a size that the file's size does not cover; tensors are read one by one.
/// Immutable, any thread.
class SafetensorsReader {
public:
    /// NotFound, Io, InvalidInput, LimitExceeded; the message names the file.
    [[nodiscard]] static Result<SafetensorsReader> open(const std::filesystem::path& path);

    /// Sorted by name.
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const { return tensors_; }
    [[nodiscard]] const TensorMetadata& metadata() const { return metadata_; }
    /// Nothing if there is no such tensor. Valid as long as the reader.
    [[nodiscard]] const TensorInfo* find(std::string_view name) const;

    /// Reads one tensor whole. NotFound; InvalidInput when a BOOL is neither 0 nor 1.
    [[nodiscard]] Result<TensorData> read(std::string_view name) const;
    /// The same into memory of the caller, of exactly the tensor's bytes.
    [[nodiscard]] Status readInto(std::string_view name, std::span<std::byte> out) const;

private:
    SafetensorsReader() = default;

    std::string subject_; ///< The file's name in quotes, for messages.
    std::shared_ptr<const RandomAccessFile> file_;
    std::vector<TensorInfo> tensors_;
    std::vector<std::uint64_t> offsets_; ///< Positions in the file, in the order of `tensors_`.
    TensorMetadata metadata_;
};

/// What is to be written: the tensors in any order, and where their contents come from.
struct SafetensorsContent {
    std::vector<TensorInfo> tensors;
    TensorMetadata metadata;
    /// Called once for each tensor; what it returns must have the type and shape of the argument.
    std::function<Result<TensorData>(const TensorInfo&)> read;
};

/// Takes the bytes of a file from front to back.
using ByteSink = std::function<Status(std::span<const std::byte>)>;

/// Same content, same bytes: the tensors lie in order of falling element size, then of name, so
/// that every tensor is aligned to its element; the data begins at a multiple of 8. One tensor at
/// a time is in memory. InvalidInput for names that are no names or occur twice.
[[nodiscard]] Status writeSafetensors(const SafetensorsContent& content, const ByteSink& sink);

/// The same through an AtomicFile.
[[nodiscard]] Status writeSafetensorsFile(const std::filesystem::path& target,
                                          const SafetensorsContent& content);
[[nodiscard]] Status writeSafetensorsFile(const std::filesystem::path& target,
                                          const std::map<std::string, TensorData>& tensors,
                                          const TensorMetadata& metadata = {});

} // namespace gesture::io
