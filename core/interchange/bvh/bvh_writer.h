// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/scene.h"

#include <cstddef>
#include <filesystem>

namespace gesture::interchange {

struct BvhOptions {
    std::size_t animation = 0;    ///< Which of the scene's motions.
    double unitsPerMetre = 100.0; ///< Centimetres, as most readers expect.
};

/// Writes skeleton and motion as BVH, atomically; same scene, same bytes. The format knows no
/// rotations of the rest pose: bones are given as they point in it, and rotations relative to it.
/// Roots and joints that move have six channels (X, Y, Z position, then Z, X, Y rotation), which
/// give their place in the parent's frame; the others three rotations. Scale of joints is worked
/// into the offsets. InvalidInput for a scene that is not sound or has no such motion; Io;
/// Cancelled. Any thread; the control's.
[[nodiscard]] Status writeBvh(const Scene& scene, const std::filesystem::path& path,
                              const BvhOptions& options, JobControl& control);

} // namespace gesture::interchange
