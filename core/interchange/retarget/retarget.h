// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/retarget/bone_map.h"
#include "core/interchange/retarget/clip_floor.h"
#include "core/interchange/scene.h"
#include "core/motion/clip.h"

namespace gesture::interchange {

/// Which bone carries the way over the ground.
enum class RootMotion {
    Pelvis, ///< The pelvis alone; a bone above it stays.
    Root,   ///< The root bone goes along on the ground, if there is one at floor height.
};

/// What the legs do.
enum class FootContact {
    Keep, ///< Feet are where the source's are, scaled: they neither slide nor sink.
    Free, ///< Directions of the legs as in the source.
};

struct RetargetOptions {
    RootMotion root = RootMotion::Pelvis;
    FootContact feet = FootContact::Keep;
};

/// Turns a character in place so that it stands along y and looks along +z, on a floor at y = 0
/// (its lowest vertex, or the lowest joint without a mesh). InvalidInput when its rest pose is no
/// person who stands.
[[nodiscard]] Status standUpright(Scene& rig, const BoneMap& map);

/// The motion of `clip` for a character that `standUpright` has seen, at the clip's rate.
/// Directions of trunk, limbs and fingers are those of the clip in the world: rotations are deltas
/// from SMPL-X's T-pose on top of the character's rest pose, whose limbs are first turned to the
/// T-pose. The way is scaled by the length of the legs. Bones that the map does not name keep their
/// rest pose relative to their parent. Morphs that have the names of ARKit's units follow the
/// clip's face, if it is in that space. `source` is the body for which the clip was made.
/// InvalidInput, LimitExceeded when it is too long for so many bones, Cancelled.
[[nodiscard]] Result<SceneAnimation> retargetClip(const motion::Clip& clip, const BodySize& source,
                                                  const Scene& rig, const BoneMap& map,
                                                  const RetargetOptions& options,
                                                  JobControl& control);

} // namespace gesture::interchange
