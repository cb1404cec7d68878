// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/expression_mapper.h"
#include "core/base/result.h"
#include "core/io/avatar_file.h"
#include "core/motion/clip.h"
#include "render/avatar_mesh.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace gesture::app {

/// An avatar, a clip on it, and what the renderer needs of both. Shared by the CLI and the studio;
/// knows neither OpenGL nor Qt. Single thread.
class Stage {
public:
    explicit Stage(io::Avatar avatar);

    [[nodiscard]] const io::Avatar& avatar() const { return avatar_; }
    /// Mesh, weights, blend shapes and colours for render::AvatarRenderer. Spans stay valid while
    /// the stage lives and `setClip` is not called.
    [[nodiscard]] const render::AvatarMesh& mesh() const;

    /// Puts a clip on the avatar. `loudness` (one value per frame, may be empty) moves the mouth
    /// when the clip's expressions are of another space than the avatar's.
    void setClip(std::shared_ptr<const motion::Clip> clip, std::vector<float> loudness);
    [[nodiscard]] const std::shared_ptr<const motion::Clip>& clip() const { return clip_; }

    /// Pose of a frame; the rest pose when there is no clip. The reference is overwritten by the
    /// next call.
    [[nodiscard]] const render::AvatarPose& poseAt(FrameIndex frame);

    /// Height of the ground, metres: 5 % value of the lowest foot vertex over the clip.
    [[nodiscard]] float groundHeight() const;
    /// Where the face comes from, for the HUD: empty when the clip drives it by itself.
    [[nodiscard]] std::string expressionNote() const;
};

} // namespace gesture::app
