// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/scene.h"

#include <filesystem>

namespace gesture::interchange {

struct GlbOptions {
    /// Joints that move a vertex: 4, or 8 in a second set that many programs read and others
    /// leave out.
    int influences = 8;
};

/// Writes the scene as binary glTF 2.0 (.glb): joints as nodes with a skin, meshes with shapes as
/// sparse accessors, each motion as an animation with linear keys, quaternions of steady sign.
/// Atomic; same scene, same bytes. InvalidInput for a scene that is not sound; LimitExceeded past
/// 4 GiB or 65,535 joints; Io; Cancelled. Any thread; the control's.
[[nodiscard]] Status writeGlb(const Scene& scene, const std::filesystem::path& path,
                              const GlbOptions& options, JobControl& control);

} // namespace gesture::interchange
