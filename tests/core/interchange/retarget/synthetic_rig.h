// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/retarget/bone_map.h"
#include "core/interchange/retarget/clip_floor.h"
#include "core/interchange/scene.h"
#include "core/motion/clip.h"

#include <Eigen/Geometry>

namespace gesture::test {

/// A skeleton with the places of the average body's joints, made strange.
struct RigShape {
    double armsDown = 0; ///< Radians from the T-pose about the shoulders (A-pose).
    double scale = 1;
    bool ownAxes = true;     ///< Joints are turned any way in the rest pose.
    bool sideBySide = false; ///< All bones hang from one control bone.
    Eigen::Quaterniond world = Eigen::Quaterniond::Identity(); ///< Of its axes.
};

/// With a bone "root" at the floor, then the 55 joints by SMPL-X's names.
[[nodiscard]] interchange::Scene syntheticRig(const RigShape& shape);

/// The average body.
[[nodiscard]] interchange::BodySize averageBody();

/// A person that sways, gestures and bends the knees a little: `frames` frames.
[[nodiscard]] motion::Clip livelyClip(std::int64_t frames);

} // namespace gesture::test
