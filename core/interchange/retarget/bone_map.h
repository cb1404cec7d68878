// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/interchange/scene.h"
#include "core/motion/skeleton.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::interchange {

/// Which bones of a foreign skeleton are which joints of SMPL-X. Indices of `Scene::joints`.
struct BoneMap {
    static constexpr int kNone = -1;

    int root = kNone; ///< Bone on the ground above the pelvis.
    /// Per joint of SMPL-X; the three of the spine and the neck are not set here, but below.
    std::array<int, motion::kJointCount> bones;
    std::vector<int> spine; ///< From the one after the pelvis to the chest, any number.
    std::vector<int> neck;  ///< From the chest to the head, any number.

    BoneMap() { bones.fill(kNone); }
    bool operator==(const BoneMap&) const = default;
    [[nodiscard]] int of(int joint) const { return bones[static_cast<std::size_t>(joint)]; }
};

/// Joints of SMPL-X that `BoneMap::spine` and `neck` stand for.
inline constexpr std::array<int, 3> kSpineJoints{3, 6, 9};

/// InvalidInput with the parts that are missing (pelvis, and both upper and lower arms and legs
/// with feet are needed) or a bone that is named twice.
[[nodiscard]] Status checkBoneMap(const BoneMap& map, const std::vector<SceneJoint>& joints);

/// The map as JSON for people to edit: bones by name, null where there is none.
[[nodiscard]] std::string boneMapJson(const BoneMap& map, const std::vector<SceneJoint>& joints);

/// Reads such a text of at most 1 MiB. Parts that are not named are none. InvalidInput names the
/// part and the bone that the skeleton lacks.
[[nodiscard]] Result<BoneMap> parseBoneMap(std::string_view json,
                                           const std::vector<SceneJoint>& joints);

} // namespace gesture::interchange
