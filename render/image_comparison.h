// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "render/image.h"

namespace gesture::render {

/// How alike two pictures are.
struct ImageDifference {
    double ssim = 1.0;           ///< mean structural similarity of the luma, 1 = equal
    double differingShare = 0.0; ///< share of pixels with a channel off by more than the tolerance
};

/// Compares two pictures of one size; alpha counts as a channel. Structural similarity after Wang
/// et al. 2004 with 8x8 windows in steps of 4. Usage when the sizes differ.
[[nodiscard]] Result<ImageDifference> compareImages(const Image& a, const Image& b,
                                                    int channelTolerance = 8);

} // namespace gesture::render
