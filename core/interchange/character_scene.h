// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/expression_bridge.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/interchange/joint_names.h"
#include "core/interchange/scene.h"
#include "core/io/avatar_file.h"
#include "core/motion/clip.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gesture::interchange {

/// A motion and who wears it. Values are shared; the avatar must outlive the calls.
struct CharacterSource {
    const io::Avatar& avatar;
    std::shared_ptr<const motion::Clip> clip; ///< Not null.
    std::vector<float> loudness;              ///< RMS per frame for the mouth; may be empty.
    std::shared_ptr<const avatar::ExpressionBridge> bridge; ///< May be null.
};

/// What of it goes into a scene.
struct CharacterOptions {
    JointNaming names = JointNaming::Smplx;
    bool mesh = true;
    bool morphs = true; ///< The face's shapes and their curves; with the mesh only.
    /// A bone "root" on the ground above the pelvis. It takes the slow way along the ground, the
    /// pelvis keeps sway and height, so that engines can move the character by it.
    bool rootBone = false;
    bool onFloor = true;             ///< Soles at height 0 in rest pose and motion.
    std::optional<FrameRange> range; ///< Frames of the clip; all without.
    std::optional<FrameRate> rate;   ///< 1 to 120 frames a second; the clip's without.
    std::string name = "motion";     ///< Of scene and motion.
};

/// Lowest and highest rate that motion is resampled to, frames a second.
inline constexpr double kLowestRate = 1.0;
inline constexpr double kHighestRate = 120.0;

/// The avatar with the clip's body shape (SMPL-X bodies only) in its T-pose and the clip as its
/// motion. Joints are those of our own forward kinematics, vertices those of the body model without
/// pose correctives. InvalidInput for a range outside of the clip or an impossible rate; Cancelled.
/// Any thread; the control's.
[[nodiscard]] Result<Scene> characterScene(const CharacterSource& source,
                                           const CharacterOptions& options, JobControl& control);

/// Whether motion can be made of `range` at `rate`: InvalidInput in words.
[[nodiscard]] Status checkTiming(const motion::Clip& clip, FrameRange range, FrameRate rate);

/// Body of the avatar as the clip wears it: the clip's betas mean something to SMPL-X bodies only.
[[nodiscard]] std::shared_ptr<const motion::ShapedBody> shapedFor(const CharacterSource& source);

} // namespace gesture::interchange
