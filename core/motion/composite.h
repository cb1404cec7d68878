// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/motion/motion_arrays.h"

#include <cstdint>
#include <span>

namespace gesture::motion {

/// Where the body stands after a stretch in which its path was made anew.
enum class PathAfter {
    Unchanged, ///< Where it stood: the difference is spread over the stretch.
    Follows,   ///< Where the new path leads: everything after is moved along the ground.
};

struct CompositeOptions {
    /// Frames at both ends of a masked stretch over which kept motion becomes made motion. In short
    /// stretches it is less, so that at least one frame is the made one. None at the motion's ends.
    int margin = 6;
    PathAfter path = PathAfter::Unchanged;
};

/// Puts made motion into kept motion where `mask` (frames, 4 parts in the order of BodyPart) is 1.
/// Elsewhere `out` gets the kept motion's bytes (but see PathAfter::Follows), and so do the eyes,
/// which belong to no part. Rotations turn from one to the other on the shorter arc, all else goes
/// straight, at rest at both ends of the margin: the velocity does not jump at a seam. The lower
/// body's path on the ground is continued from the last kept frame by the made motion's steps.
/// All three motions have the same number of frames and must not overlap; contacts are written only
/// if all three have them. InvalidInput when the sizes do not fit, Usage for a negative margin.
[[nodiscard]] Status composeMotion(const MotionView& kept, const MotionView& made,
                                   std::span<const std::uint8_t> mask,
                                   const CompositeOptions& options, const MotionSpans& out);

} // namespace gesture::motion
