// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// Element types of weight files, named as safetensors names them.
enum class TensorType : std::uint8_t {
    Float64,
    Float32,
    Float16,
    BFloat16,
    Int64,
    Int32,
    Int16,
    Int8,
    Uint8,
    Bool,
};

/// Bytes of one element.
[[nodiscard]] std::size_t elementSize(TensorType type);
/// "F32", "BF16", "I64", "U8", "BOOL".
[[nodiscard]] std::string_view nameOf(TensorType type);
[[nodiscard]] std::optional<TensorType> tensorTypeFrom(std::string_view name);

/// Sizes of a tensor's axes; empty for a single number.
using TensorShape = std::vector<std::uint64_t>;

/// More axes than any network has.
inline constexpr std::size_t kMaxTensorAxes = 32;
/// Tensors of one file; the largest checkpoint that is known has below 10,000.
inline constexpr std::size_t kMaxTensors = 100'000;

/// Product of the sizes, 1 for no axes; nothing when it does not fit.
[[nodiscard]] std::optional<std::uint64_t> elementCount(std::span<const std::uint64_t> shape);
/// The same in bytes.
[[nodiscard]] std::optional<std::uint64_t> byteCount(TensorType type,
                                                     std::span<const std::uint64_t> shape);
/// "(256, 1024)", "()" for a single number.
[[nodiscard]] std::string describeTensorShape(std::span<const std::uint64_t> shape);

/// What a file says of one tensor. Value type.
struct TensorInfo {
    std::string name;
    TensorType type = TensorType::Float32;
    TensorShape shape;

    bool operator==(const TensorInfo&) const = default;
};

/// One tensor in memory: little-endian elements in C order, `byteCount(type, shape)` bytes.
struct TensorData {
    TensorType type = TensorType::Float32;
    TensorShape shape;
    std::vector<std::byte> bytes;

    bool operator==(const TensorData&) const = default;
};

/// Whether a tensor may have this name: 1 to 1024 bytes of valid UTF-8 without control characters.
[[nodiscard]] bool isTensorName(std::string_view name);

/// A name from a file as messages show it: harmless whatever its bytes are, cut after about 80.
[[nodiscard]] std::string shownName(std::string_view name);

} // namespace gesture::io
