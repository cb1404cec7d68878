// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/interchange/retarget/bone_map.h"
#include "core/interchange/retarget/skeleton_places.h"
#include "core/interchange/scene.h"

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <optional>
#include <vector>

namespace gesture::interchange {

/// What a pose says of some bones; all others keep their rest pose relative to their parents.
struct RigPose {
    std::vector<std::optional<Eigen::Quaterniond>> rotations; ///< Per joint: in the world.
    Eigen::Vector3d pelvis = Eigen::Vector3d::Zero();         ///< Of the pelvis bone, world.
    Eigen::Vector3d rootMoved = Eigen::Vector3d::Zero();      ///< Of the root bone, from rest.
};

/// Forward kinematics of a foreign character. Bones of the map that do not hang below the bone
/// that carries them on a body (some rigs bind to bones that lie side by side) go along with it all
/// the same. The scene must outlive this. Immutable, any thread.
class RigPoser {
public:
    /// InvalidInput when bones would carry each other.
    [[nodiscard]] static Result<RigPoser> create(const Scene& rig, const BoneMap& map);

    [[nodiscard]] const SkeletonPlaces& rest() const { return rest_; }
    /// Joints whose place in the parent's frame changes: pelvis and bones that hang elsewhere.
    [[nodiscard]] const std::vector<int>& movingJoints() const { return moving_; }
    [[nodiscard]] RigPose emptyPose() const;

    void place(const RigPose& pose, SkeletonPlaces& out) const;

private:
    RigPoser(const Scene& rig, const BoneMap& map);
    void findCarriers(const BoneMap& map);
    void carry(int bone, int carrier);
    [[nodiscard]] bool sortJoints();
    void placeJoint(std::size_t joint, const RigPose& pose, SkeletonPlaces& out) const;

    const Scene* rig_;
    int pelvis_;
    int root_;
    SkeletonPlaces rest_;
    std::vector<int> carrier_; ///< Per joint: the bone that moves it instead of its parent, or -1.
    std::vector<int> order_;   ///< Joints so that parents and carriers come first.
    std::vector<int> moving_;
};

} // namespace gesture::interchange
