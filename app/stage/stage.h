// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/stage/avatar_mesh_builder.h"
#include "core/avatar/expression_mapper.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/io/avatar_file.h"
#include "core/motion/body_model.h"
#include "core/motion/clip.h"
#include "render/avatar_mesh.h"
#include "render/camera.h"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gesture::app {

/// An avatar with a clip on it, and what the renderer needs of both. Shared by the command line and
/// the studio; knows neither OpenGL nor Qt. Single thread.
class Stage {
public:
    explicit Stage(io::Avatar avatar);

    [[nodiscard]] const io::Avatar& avatar() const { return avatar_; }

    /// Mesh, weights, blend shapes and colours. `setClip` may change it (the body's shape).
    [[nodiscard]] const render::AvatarMesh& mesh() const { return mesh_; }

    /// Changes when the mesh does.
    [[nodiscard]] int meshRevision() const { return meshRevision_; }

    /// Puts a clip on the avatar; null shows the rest pose. `loudness` (RMS per frame, may be
    /// empty) and `bridge` (may be null) drive the face when clip and avatar differ in expression
    /// space. SMPL-X avatars take the clip's body shape. Takes some milliseconds per minute of
    /// motion.
    void setClip(std::shared_ptr<const motion::Clip> clip, std::vector<float> loudness,
                 std::shared_ptr<const avatar::ExpressionBridge> bridge = nullptr);
    [[nodiscard]] const std::shared_ptr<const motion::Clip>& clip() const { return clip_; }

    /// Pose of a frame, clamped to the clip; the rest pose without one. The reference is
    /// overwritten by the next call.
    [[nodiscard]] const render::AvatarPose& poseAt(FrameIndex frame);

    /// World positions (metres) of the joints of a frame, clamped to the clip; those of the rest
    /// pose without one. Leaves the pose of `poseAt` alone, and is much quicker.
    void jointsAt(FrameIndex frame,
                  std::span<std::array<float, 3>, motion::kJointCount> joints) const;

    /// Height of the ground, metres.
    [[nodiscard]] float groundHeight() const { return groundHeight_; }

    /// Where the face's movement comes from, in one sentence; empty when the clip drives it.
    [[nodiscard]] std::string expressionNote() const;

    /// What camera presets need: where body, face and hands are in the pose of `poseAt`'s last
    /// call. Bounds are those of the joints, grown by the flesh around them.
    [[nodiscard]] render::CameraSubject cameraSubject() const;

private:
    void fillPose();

    io::Avatar avatar_;
    BlendPlace blendPlace_;
    std::shared_ptr<const motion::ShapedBody> body_;
    std::vector<float> shape_; ///< That `body_` and `mesh_` have.
    render::AvatarMesh mesh_;
    int meshRevision_ = 0;
    std::shared_ptr<const motion::Clip> clip_;
    std::optional<avatar::ExpressionMapper> expressions_;
    std::vector<float> coefficients_;
    motion::PosedBody posed_;
    mutable motion::PosedBody posedJoints_; ///< Scratch of `jointsAt`.
    render::AvatarPose pose_;
    float groundHeight_ = 0.0F;
};

} // namespace gesture::app
