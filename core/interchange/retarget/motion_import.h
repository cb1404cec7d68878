// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/retarget/bone_map.h"
#include "core/interchange/retarget/clip_floor.h"
#include "core/interchange/scene.h"
#include "core/motion/clip.h"

#include <cstdint>
#include <optional>

namespace gesture::interchange {

struct MotionImportOptions {
    /// Frame in which the person stands in a rest pose such as the T-pose; nothing: the skeleton's
    /// own rest pose, or frame 0 where nobody stands in that.
    std::optional<std::int64_t> restFrame;
};

/// Motion of a foreign skeleton (the scene's first animation) as SMPL-X has it: the inverse of
/// `retargetClip`. A skeleton with SMPL-X's own names and unturned joints keeps its rotations
/// exactly. The way is scaled by the length of the legs, the floor is at y = 0, the person looks
/// along +z in the rest pose. `body` is the body it is for. InvalidInput, Cancelled.
[[nodiscard]] Result<motion::Clip> importMotion(const Scene& scene, const BoneMap& map,
                                                const BodySize& body,
                                                const MotionImportOptions& options,
                                                JobControl& control);

} // namespace gesture::interchange
