// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/npy.h"
#include "core/io/npy_header.h"

#include <cstddef>
#include <string>
#include <vector>

namespace gesture::io {

/// Builds arrays from what a file holds; for readers that get the bytes piece by piece.
class NpyCodec {
public:
    /// Takes over the elements as the file has them: `header.payloadBytes` bytes. Brings them to
    /// little-endian C order. InvalidInput for types that are not read.
    [[nodiscard]] static Result<NpyArray> decode(const NpyHeader& header,
                                                 std::vector<std::byte> payload);

    /// An array of a given type over its bytes.
    [[nodiscard]] static NpyArray make(NpyType type, std::size_t unicodeLength,
                                       std::vector<std::size_t> shape,
                                       std::vector<std::byte> bytes);

    /// As in a .npy header: "<f4", "<U9".
    [[nodiscard]] static std::string dtypeOf(const NpyArray& array);

    /// Why arrays of this type are not read.
    [[nodiscard]] static Error unsupported(const NpyHeader& header);
};

} // namespace gesture::io
