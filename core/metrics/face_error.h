// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/metrics/metric_mode.h"
#include "core/motion/body_model.h"
#include "core/motion/clip.h"

#include <cstdint>
#include <span>

namespace gesture::metrics {

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
/// MSE is the same in all modes. LVD:
///  - Paper: the mean distance of coordinates in all frames but the first, as the trainers compute
///    it and the papers report it: the velocity cancels out.
///  - EvalTools: the sum of the differences of velocities over all n - 1 steps divided by n.
///  - Standard: their mean.
///
/// Blocks; works in pieces of a bounded size. InvalidInput when rates or expression spaces differ;
/// Cancelled.
[[nodiscard]] Result<FaceError> faceError(const motion::ShapedBody& body,
                                          const motion::Clip& generated,
                                          const motion::Clip& reference, MetricMode mode,
                                          JobControl& control);

/// The mean over clips, each as heavy as it has frames. All 0 without frames.
[[nodiscard]] FaceError meanFaceError(std::span<const FaceError> clips);

} // namespace gesture::metrics
