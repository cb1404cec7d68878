// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// Element types of .npy arrays that this program reads.
enum class NpyType : std::uint8_t {
    Bool,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Float16,
    Float32,
    Float64,
    Unicode, ///< NumPy 'U': fixed-length UTF-32 strings. 'S' byte strings are read as these.
};

/// One array in memory. Elements are little-endian and in C order, whatever the file had.
/// Value type.
class NpyArray {
public:
    /// Empty array; see the factories.
    NpyArray() = default;

    /// Copies the values; their number must be the product of `shape`. T: bool, an integer of 8 to
    /// 64 bits, float or double.
    template <typename T>
    [[nodiscard]] static NpyArray from(std::span<const T> values, std::vector<std::size_t> shape);
    /// A 0-d array of one number.
    template <typename T>
    [[nodiscard]] static NpyArray scalar(T value) {
        return from<T>(std::span<const T>(&value, 1), {});
    }
    /// 0-d unicode, from UTF-8; bytes that are no UTF-8 become U+FFFD.
    [[nodiscard]] static NpyArray fromString(std::string_view text);
    [[nodiscard]] static NpyArray fromStrings(std::span<const std::string> texts); ///< 1-d.

    [[nodiscard]] NpyType type() const { return type_; }
    [[nodiscard]] const std::vector<std::size_t>& shape() const { return shape_; }
    [[nodiscard]] std::size_t elementCount() const;
    [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

    /// Numbers converted to T (an integer of 8 to 64 bits, float, double). InvalidInput for
    /// unicode, and for values that an integer T cannot hold exactly; what is too large for float
    /// becomes infinite.
    template <typename T>
    [[nodiscard]] Result<std::vector<T>> numbers() const;
    /// Unicode elements as UTF-8, without the zeros that fill them up.
    [[nodiscard]] Result<std::vector<std::string>> strings() const;

    /// "(1906, 165) float32", for messages.
    [[nodiscard]] std::string describe() const;

private:
    friend class NpyCodec;
    NpyType type_ = NpyType::Float32;
    std::size_t unicodeLength_ = 0;
    std::vector<std::size_t> shape_{0};
    std::vector<std::byte> bytes_;
};

/// "(1906, 165)", as Python prints it.
[[nodiscard]] std::string describeShape(std::span<const std::size_t> shape);

/// Parses one .npy file (format 1.0 to 3.0, either byte order, C or Fortran order).
/// InvalidInput in words; Unsupported types (objects, complex, structured) likewise.
[[nodiscard]] Result<NpyArray> parseNpy(std::span<const std::byte> file);
/// Bytes of a version 1.0 .npy file exactly as NumPy 2 writes them.
[[nodiscard]] std::vector<std::byte> serializeNpy(const NpyArray& array);
/// The same up to where the elements begin; `array.bytes()` are the rest.
[[nodiscard]] std::vector<std::byte> serializeNpyHeader(const NpyArray& array);

} // namespace gesture::io
