// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/avatar_check.h"
#include "core/avatar/geometry64.h"
#include "core/motion/skeleton.h"

#include <vector>

namespace gesture::avatar {

/// What was read of a body; empty where it is missing or damaged.
struct BodyArrays {
    using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    Points64 vertices;         ///< (V, 3)
    std::vector<double> faces; ///< 3 per triangle, as in the file.
    Rows weights;              ///< (V, 55)
    Points64 joints;           ///< (55, 3) of the rest pose.
};

/// Adds what is wrong with the numbers themselves to the report, and the height to its summary.
void checkBody(const BodyArrays& body, AvatarReport& report);

} // namespace gesture::avatar
