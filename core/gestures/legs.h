// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/gestures/stance_score.h"
#include "core/motion/skeleton.h"

#include <Eigen/Core>
#include <array>
#include <span>
#include <vector>

namespace gesture::gestures {

/// Pelvis and legs of a frame: rotation vectors relative to the parents, radians, and where the
/// body is (added to every joint of the T-pose), metres.
struct LegPose {
    Eigen::Vector3f pelvis;
    std::array<Eigen::Vector3f, 2> hip; ///< By Side, as the next two.
    std::array<Eigen::Vector3f, 2> knee;
    std::array<Eigen::Vector3f, 2> ankle;
    Eigen::Vector3f translation;
};

/// Stands on the stances' feet: ankles exactly where they say, soles flat on y = 0, knees forward
/// and never quite straight. `restJoints` is (55, 3) metres in the T-pose.
[[nodiscard]] std::vector<LegPose> solveLegs(std::span<const StancePose> stances,
                                             std::span<const float, motion::kPoseSize> restJoints);

} // namespace gesture::gestures
