// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/gestures/speaker_style.h"
#include "core/motion/forward_kinematics.h"

#include <Eigen/Core>
#include <array>

namespace gesture::gestures {

/// How far an arm lies inside the body, and where it should go instead. Metres, world.
struct ArmClearance {
    /// Distance of the nearest part of hand or forearm from trunk, head and thighs; negative
    /// inside.
    float hand = 0.0F;
    float elbow = 0.0F; ///< The same of the elbow, from the trunk.
    /// How the wrist must move so that the worst place comes free; zero when it is.
    Eigen::Vector3f push = Eigen::Vector3f::Zero();
};

/// The same for both arms by Side, and between them.
struct BodyClearance {
    std::array<ArmClearance, 2> arms;
    float betweenHands = 0.0F;
    /// How the left wrist must move for hands that touch; the right one goes the other way.
    Eigen::Vector3f apart = Eigen::Vector3f::Zero();
};

/// Distances on a body of the average skeleton's flesh (the free avatar's), made of round pieces
/// that move with the joints: spheres along forearms and fingers against capsules for trunk, head
/// and thighs. Allocates nothing, any thread.
[[nodiscard]] BodyClearance bodyClearance(const motion::SkeletonPose& pose);

} // namespace gesture::gestures
