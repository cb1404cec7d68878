// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/expression_bridge.h"
#include "core/avatar/mouth_from_sound.h"
#include "core/base/rotation.h"
#include "core/base/time.h"
#include "core/io/avatar_file.h"
#include "core/motion/clip.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::avatar {

/// What moves the face of an avatar.
enum class FaceSource {
    Clip,   ///< The clip's own expressions: clip and avatar speak the same space.
    Bridge, ///< The clip's expressions, translated by a bridge.
    Sound,  ///< The mouth follows jaw joint and loudness; nothing else of the face moves.
    Jaw,    ///< The mouth follows the jaw joint alone.
};

/// Turns the expression columns and the jaw of one clip into an avatar's expression coefficients
/// and jaw rotation. Opening the mouth goes through the jaw joint or through the face unit
/// "jawOpen", never through both. Immutable, any thread, frames in any order.
class ExpressionMapper {
public:
    struct Sources {
        std::shared_ptr<const motion::Clip> clip;
        /// RMS per frame, 0..1; may be empty or of another length than the clip.
        std::vector<float> loudness;
        /// Needed only when clip and avatar differ; may be null.
        std::shared_ptr<const ExpressionBridge> bridge;
    };

    /// `sources.clip` must not be null. Reads only names and sizes of `avatar`.
    ExpressionMapper(const io::Avatar& avatar, Sources sources);

    [[nodiscard]] FaceSource source() const { return source_; }
    /// One sentence for the viewer and for exports' provenance; empty when the clip drives the
    /// face.
    [[nodiscard]] std::string note() const;
    /// Coefficients that the avatar has.
    [[nodiscard]] int coefficientCount() const { return coefficientCount_; }

    /// Writes all coefficients (`coefficients` has coefficientCount() entries) and returns the
    /// jaw's rotation that replaces the clip's. `frame` must lie in the clip.
    [[nodiscard]] AxisAngle map(FrameIndex frame, std::span<float> coefficients) const;

private:
    [[nodiscard]] AxisAngle mapUnits(std::span<const float> units, AxisAngle jaw,
                                     std::span<float> coefficients) const;
    [[nodiscard]] AxisAngle mapThroughBridge(std::span<const float> expression, AxisAngle jaw,
                                             std::span<float> coefficients) const;
    [[nodiscard]] AxisAngle mapMouth(FrameIndex frame, AxisAngle jaw,
                                     std::span<float> coefficients) const;

    std::shared_ptr<const motion::Clip> clip_;
    std::shared_ptr<const ExpressionBridge> bridge_;
    std::vector<MouthShape> mouth_;
    motion::ExpressionSpace avatarSpace_;
    int coefficientCount_ = 0;
    /// Coefficient of each face unit on this avatar, or -1; empty for SMPL-X avatars.
    std::vector<int> unitCoefficients_;
    FaceSource source_ = FaceSource::Clip;
};

} // namespace gesture::avatar
