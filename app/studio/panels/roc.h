// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace gesture::app {

/// A threshold's place on the receiver operating characteristic.
struct RocPoint {
    double falseShare = 0; ///< Of what is not meant, so much is found.
    double trueShare = 0;  ///< Of what is meant, so much is found.
};

/// How well a score tells what is meant from what is not (Fawcett 2006).
struct RocCurve {
    std::vector<RocPoint> points; ///< From (0, 0) to (1, 1); equal scores make one step.
    double area = 0.5;            ///< 0.5: by chance, 1: always right.
};

/// `meant` has a value a score: above 0.5 is meant. Values that are NaN in either are left out.
/// No points, and 0.5, when all or none is meant.
[[nodiscard]] RocCurve rocOf(std::span<const float> score, std::span<const float> meant);

} // namespace gesture::app
