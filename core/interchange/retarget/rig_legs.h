// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/retarget/bone_map.h"
#include "core/interchange/retarget/clip_floor.h"
#include "core/interchange/retarget/rest_alignment.h"
#include "core/interchange/retarget/rig_poser.h"
#include "core/motion/forward_kinematics.h"

#include <Eigen/Core>
#include <array>

namespace gesture::interchange {

/// Where hips and feet of a character are when those of the source are somewhere: the way over the
/// ground scaled by the length of the legs, heights as far above where they stand. Immutable.
class RigLegs {
public:
    RigLegs(const RigPoser& poser, const BoneMap& map, const RestAlignment& alignment,
            const BodySize& source);

    /// Length of the character's legs in those of the source.
    [[nodiscard]] double scale() const { return scale_; }

    /// Middle of the hips for a source whose floor is at `floor`, metres.
    [[nodiscard]] Eigen::Vector3d hipsFor(const motion::SkeletonPose& source, double floor) const;
    /// Middle of the hips of a posed character.
    [[nodiscard]] Eigen::Vector3d hipsOf(const SkeletonPlaces& places) const;

    /// Turns thighs and shins of `pose`, which is placed as `places`, so that the feet get where
    /// those of the source are; feet keep their orientation. `places` is brought up to date.
    void plantFeet(const motion::SkeletonPose& source, double floor, RigPose& pose,
                   SkeletonPlaces& places) const;

private:
    struct Leg {
        int thigh = 0; ///< Bones.
        int shin = 0;
        int foot = 0;
        int sourceHip = 0; ///< Joint of SMPL-X.
        int sourceAnkle = 0;
        Eigen::Vector3d sourceRest; ///< Of the ankle, above the source's soles.
        /// Of the ankle in the T-pose, above the floor; x and z: how much further from the middle
        /// of the hips than the scaled source's.
        Eigen::Vector3d rest;
    };

    [[nodiscard]] Eigen::Vector3d ankleFor(const Leg& leg, const motion::SkeletonPose& source,
                                           double floor) const;
    void reach(const Leg& leg, const Eigen::Vector3d& goal, const Eigen::Vector3d& forward,
               RigPose& pose, const SkeletonPlaces& places) const;

    const RigPoser* poser_;
    std::array<Leg, 2> legs_;
    double scale_ = 1;
    double sourceHipsHeight_ = 0;
    double hipsHeight_ = 0;
};

} // namespace gesture::interchange
