// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/image.h"

#include <gtest/gtest.h>
#include <string>

namespace gesture::test {

/// How much a picture may differ from its baseline.
struct PictureLimits {
    double leastSsim = 0.985;    ///< other drivers round edges and shadows differently
    double mostDiffering = 0.03; ///< share of pixels off by more than 8 of 255
};

/// Part of a picture, top row first; all of it when empty.
struct PicturePart {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

/// Holds a picture against tests/baselines/`name`.png. When it differs, or has no baseline, it is
/// written to <build>/bin/pictures/`name`.png, and the difference, four times as strong, beside it:
/// look at both, and copy the picture to the baselines if it is right. `part` limits what is
/// compared, never what is written.
[[nodiscard]] ::testing::AssertionResult looksAs(const std::string& name,
                                                 const render::Image& image,
                                                 const PictureLimits& limits = {},
                                                 const PicturePart& part = {});

} // namespace gesture::test
