// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/motion/clip.h"
#include "core/motion/skeleton.h"

#include <span>
#include <vector>

namespace gesture::motion {

// The numbers that the networks read and write (EMAGE, SemTalk, EchoMask). All arrays are float32,
// row-major, one row a frame. Rotations use the formulas of core/base/rotation.h.

inline constexpr int kContactCount = 4; ///< Left ankle, right ankle, left foot, right foot.
inline constexpr int kRotationChannels = 6 * kJointCount;
/// Whole motion: 55 x rotation 6d, translation (x, y, z), contacts.
inline constexpr int kMotionChannels = kRotationChannels + 3 + kContactCount;

/// Channels of a part's vector: face 106 (jaw 6d, expression), upper 78, hands 180,
/// lower 61 (9 x 6d, translation, contacts).
[[nodiscard]] int channelCount(BodyPart part);

/// Where the channels of a part stand in a row of the whole motion, in the part's order. The face
/// has its six jaw channels only: expressions are not in the whole motion.
[[nodiscard]] std::vector<int> motionColumns(BodyPart part);

/// (55, 3) axis-angle to (55, 6), and back.
void encodePose(std::span<const float, kPoseSize> pose, std::span<float, kRotationChannels> out);
void decodePose(std::span<const float, kRotationChannels> rotations,
                std::span<float, kPoseSize> out);

/// (frames, 337) of `range` of a clip. `contacts` is (frames of the clip, 4), or empty for zeros.
/// InvalidInput when the range does not lie in the clip or the contacts are of another length.
[[nodiscard]] Result<std::vector<float>> encodeMotion(const Clip& clip, FrameRange range,
                                                      std::span<const float> contacts);

/// (frames, channelCount(part)) of `range` of a clip; otherwise as `encodeMotion`.
[[nodiscard]] Result<std::vector<float>>
encodePart(BodyPart part, const Clip& clip, FrameRange range, std::span<const float> contacts);

/// Arrays that parts are written into, all of the same number of frames.
struct DecodedMotion {
    std::vector<float> poses;        ///< (frames, 165) axis-angle
    std::vector<float> translations; ///< (frames, 3)
    std::vector<float> expressions;  ///< (frames, 100)
    std::vector<float> contacts;     ///< (frames, 4)

    /// Zeros: identity rotations, eyes included.
    explicit DecodedMotion(std::size_t frames);
    [[nodiscard]] std::size_t frameCount() const { return contacts.size() / kContactCount; }
};

/// Writes a part's vector (frames, channelCount(part)) to the joints of the part, and for the face
/// the expressions, for the lower body translation and contacts; the rest of `out` is left alone.
/// InvalidInput when `values` has not as many frames as `out`.
[[nodiscard]] Status decodePart(BodyPart part, std::span<const float> values, DecodedMotion& out);

} // namespace gesture::motion
