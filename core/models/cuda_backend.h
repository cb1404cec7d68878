// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

namespace gesture::models {

/// Loads libtorch's CUDA back-end (libtorch_cuda.so beside libtorch_cpu.so) into this process,
/// once; later calls return the first one's outcome. The program itself is linked without CUDA, so
/// that it also runs where there is none. Unavailable, with the reason, when the library is not
/// installed, cannot be loaded, or needs a newer driver than `driverVersion` (of `CudaDriver`).
/// Any thread; takes seconds the first time.
[[nodiscard]] Status loadCudaBackend(int driverVersion);

} // namespace gesture::models
