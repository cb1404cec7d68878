// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/body_model.h"
#include "core/motion/skinning_kernel.h"

#include <cstdint>
#include <vector>

namespace gesture::motion {

/// A body model's directions and weights in the order in which the kernels read them. Features are
/// the expression directions followed by the pose directions. Immutable.
struct SkinningTables {
    std::size_t features = 0;
    std::vector<Panel> directions;             ///< (panels, features)
    std::vector<std::uint32_t> influenceStart; ///< (vertices + 1)
    std::vector<std::uint8_t> influenceJoints; ///< Joints with a weight other than 0.
    std::vector<float> influenceWeights;
    RowMatrix jointExpressions; ///< (165, expressions): how each expression moves the rest joints.
};

/// `data` must have passed checkBodyModel.
[[nodiscard]] SkinningTables makeSkinningTables(const BodyModelData& data);

/// (V, 3) points as panels, padded with zeros.
[[nodiscard]] std::vector<Panel> packPoints(const Points& points);

/// Joints of per-vertex values: (3V, columns) to (165, columns), summed in double precision.
[[nodiscard]] RowMatrix regressJoints(const RowMatrix& jointRegressor, const RowMatrix& perVertex);

} // namespace gesture::motion
