// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/curves/face_track.h"
#include "core/interchange/scene.h"

#include <filesystem>

namespace gesture::interchange {

// Motion as numbers in text, atomic, the same in every locale; same input, same bytes. Io;
// Cancelled. Any thread; the control's.

/// CSV in the layout of Live Link Face: timecode (hours:minutes:seconds:frames.thousandths), number
/// of columns (61), the 52 face units in that program's order, then yaw, pitch and roll of head,
/// left and right eye in radians.
[[nodiscard]] Status writeArkitCsv(const FaceTrack& face, const std::filesystem::path& path,
                                   JobControl& control);

/// CSV of the face alone: frame, time (s), the 52 units by name in alphabetical order.
[[nodiscard]] Status writeFaceCsv(const FaceTrack& face, const std::filesystem::path& path,
                                  JobControl& control);

/// CSV of the scene's first motion: frame, time (s), of each joint its place in the world (m) and
/// its rotation in the parent's frame (quaternion x, y, z, w). InvalidInput without a motion.
[[nodiscard]] Status writeJointCsv(const Scene& scene, const std::filesystem::path& path,
                                   JobControl& control);

/// Joints and face as one JSON object (`docs/formats.md`). `face` may be null.
[[nodiscard]] Status writeCurvesJson(const Scene& scene, const FaceTrack* face,
                                     const std::filesystem::path& path, JobControl& control);

} // namespace gesture::interchange
