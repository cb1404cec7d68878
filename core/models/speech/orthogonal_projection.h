// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/tensor.h"

#include <cstdint>

namespace gesture::models {

struct OrthogonalProjectionShape {
    std::int64_t in = 1024;
    std::int64_t out = 256; ///< At most `in`.
    std::uint64_t seed = 42;
};

/// Normal random numbers (in, in) of the CPU generator with this seed: torch.manual_seed, then
/// torch.randn.
[[nodiscard]] at::Tensor seededNormals(const OrthogonalProjectionShape& shape);

/// The fixed matrix by which EchoMask makes speech features narrower, float32 (in, out) with
/// orthonormal columns, on the CPU: the first columns of Q in a Householder QR of `seededNormals`,
/// as the reference makes `rop_1024_256.pt` when there is none. Where a checkpoint comes with that
/// file, the file is to be used: its last digits may differ.
[[nodiscard]] at::Tensor orthogonalProjection(const OrthogonalProjectionShape& shape = {});

} // namespace gesture::models
