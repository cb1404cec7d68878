// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace gesture::models {

/// A GPU as NVIDIA's driver sees it.
struct CudaDriverDevice {
    std::string name;
    std::uint64_t totalBytes = 0;
    std::uint64_t freeBytes = 0;
    int computeMajor = 0;
    int computeMinor = 0;
};

struct CudaDriver {
    int version = 0; ///< Newest CUDA version that the driver serves: 1000 major + 10 minor.
    std::vector<CudaDriverDevice> devices; ///< In CUDA's order; CUDA_VISIBLE_DEVICES is obeyed.
};

/// Asks the driver's library, which is loaded at run time (the CUDA toolkit is not needed).
/// Unavailable, with the reason, when there is no driver, no GPU, or the driver reports an error.
/// Any thread.
[[nodiscard]] Result<CudaDriver> queryCudaDriver();

} // namespace gesture::models
