// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"

namespace gesture::avatar {

/// Entry of the pose feature (R(1..54) - I, row-major) that is the sine of the jaw's pitch.
inline constexpr int kJawPitchFeature = (22 - 1) * 9 + 2 * 3 + 1;

/// One column of pose correctives: with it, turning the jaw by kJawOpenAngle gives the shape of
/// "jawOpen". Returns (V, 3) metres per unit of the sine.
struct JawCorrectiveInput {
    const Points64& rest;          ///< (V, 3) metres
    const Points64& jawOpen;       ///< (V, 3) metres, offsets of the face unit
    const Eigen::VectorXd& weight; ///< (V) skin weight of the jaw
    Eigen::Vector3d joint;         ///< Jaw joint, metres
};
[[nodiscard]] Points64 jawCorrective(const JawCorrectiveInput& input);

} // namespace gesture::avatar
