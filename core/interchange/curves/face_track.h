// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/character_scene.h"

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

namespace gesture::interchange {

/// A face over time in ARKit's terms: what face capture programs write.
struct FaceTrack {
    FrameRate rate;
    std::int64_t frames = 0;
    std::vector<float> units; ///< (T, 52) 0 to 1, in alphabetical order (`avatar::faceUnitNames`).
    // Yaw to the left, pitch downwards, roll to the right shoulder: turns about y, x, z in this
    // order, radians. The head's are against the chest, the eyes' against the head.
    std::vector<Eigen::Vector3f> head;
    std::vector<Eigen::Vector3f> leftEye;
    std::vector<Eigen::Vector3f> rightEye;
    std::string note; ///< Where the face comes from when it is not the clip's own; may be empty.
};

/// Takes range, rate and name from `options`. The avatar must have ARKit's face units (the one that
/// ships has): SMPL-X expressions go through the bridge, and without one only the mouth moves. What
/// the jaw joint opens counts as "jawOpen". Errors as characterScene; InvalidInput for an avatar
/// without face units.
[[nodiscard]] Result<FaceTrack> faceTrack(const CharacterSource& source,
                                          const CharacterOptions& options, JobControl& control);

} // namespace gesture::interchange
