// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/motion/body_model.h"
#include "core/motion/clip.h"

#include <cstdint>
#include <span>

namespace gesture::motion {

/// What LVD means.
enum class FaceErrorMode : std::uint8_t {
    /// As the evaluators of EMAGE, SemTalk and EchoMask compute it, and as their papers report it:
    /// the mean distance of coordinates in all frames but the first. The velocity cancels out.
    Paper,
    /// The difference of velocities, as PantoMatrix's `emage_evaltools` compute it: the sum over
    /// all n - 1 steps divided by n.
    Standard,
};

/// How far the vertices of two faces are apart.
struct FaceError {
    double meanSquare = 0.0;       ///< MSE, square metres a coordinate. Papers print it times 1e8.
    double vertexDifference = 0.0; ///< LVD, metres a coordinate. Papers print it times 1e5.
    std::int64_t frames = 0;       ///< How many were compared.

    bool operator==(const FaceError&) const = default;
};

/// Compares two clips on the vertices of a body whose jaw and expression move and whose joints are
/// otherwise at rest, at the origin. All vertices count, as in the evaluators, not those of the
/// face alone. Frames beyond the shorter clip do not count. `body` has the reference's betas.
///
/// Blocks; works in pieces of a bounded size. InvalidInput when rates or expression spaces differ;
/// Cancelled.
[[nodiscard]] Result<FaceError> faceError(const ShapedBody& body, const Clip& generated,
                                          const Clip& reference, FaceErrorMode mode,
                                          JobControl& control);

/// The mean over clips, each as heavy as it has frames. All 0 without frames.
[[nodiscard]] FaceError meanFaceError(std::span<const FaceError> clips);

} // namespace gesture::motion
