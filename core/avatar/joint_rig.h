// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"
#include "core/avatar/obj_mesh.h"
#include "core/avatar/rig.h"
#include "core/motion/skeleton.h"

#include <array>
#include <string_view>

namespace gesture::avatar {

/// One of the 55 joints as a point that follows the MakeHuman mesh.
struct JointRule {
    MeshPoint centre;                                 ///< Vertices of its joint cubes.
    double scaleX = 1.0;                              ///< Applied to the centre's x.
    Eigen::Vector3d offset = Eigen::Vector3d::Zero(); ///< Metres, added to the centre.
    int owner = -1;                                   ///< Rig bone that carries the joint.
};

/// How the 55 joints of SMPL-X follow from the MakeHuman rig.
struct JointRig {
    std::array<JointRule, motion::kJointCount> joints;

    /// Joint positions of a rest mesh, (55, 3). Linear in `mesh` apart from the fixed offsets.
    [[nodiscard]] Points64 on(const Points64& mesh) const;
};

/// `mesh` and `rig` must be the known MakeHuman files.
[[nodiscard]] JointRig makeJointRig(const ObjMesh& mesh, const Rig& rig);

/// The joint into which the weights of a rig bone are summed.
[[nodiscard]] int jointOfBone(std::string_view bone);

/// Index of a joint by name ("left_wrist"); asserts that it exists.
[[nodiscard]] int jointIndex(std::string_view name);

/// A body side of the rig: names and the sign of x.
struct Side {
    double sign;            ///< +1 left, -1 right.
    std::string_view joint; ///< "left_"
    std::string_view cube;  ///< "l", as in "joint-l-knee"
    std::string_view bone;  ///< ".L"
};
inline constexpr std::array<Side, 2> kSides = {Side{1.0, "left_", "l", ".L"},
                                               Side{-1.0, "right_", "r", ".R"}};

/// Fingers by MakeHuman's numbers: thumb is finger 1.
inline constexpr std::array<std::string_view, 5> kFingers = {"thumb", "index", "middle", "ring",
                                                             "pinky"};

} // namespace gesture::avatar
