// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/tensor.h"
#include "core/motion/body_model.h"

#include <memory>
#include <vector>

namespace gesture::training {

/// SMPL-X's formulation in torch, so that gradients flow from where joints and vertices are to the
/// rotations (package smplx 0.1.28, `lbs`; without expressions). Immutable; any thread.
class BodyJoints {
public:
    /// The joints of a skeleton of one shape: rest positions (55, 3), metres.
    explicit BodyJoints(std::span<const float, motion::kPoseSize> restJoints, at::Device device);
    /// The joints of a body model, which follow from the shape; with `Vertices::Yes` its surface.
    enum class Vertices { No, Yes };
    BodyJoints(const motion::BodyModel& model, Vertices vertices, at::Device device);

    struct Posed {
        at::Tensor joints;   ///< (frames, 55, 3) metres, without translation.
        at::Tensor vertices; ///< (frames, V, 3); undefined without them.
    };
    /// `rotations` (frames, 55, 3, 3) relative to the parents, mean hand included; `betas` (frames,
    /// any) or undefined.
    [[nodiscard]] Posed pose(const at::Tensor& rotations, const at::Tensor& betas) const;
    [[nodiscard]] bool hasVertices() const { return template_.defined(); }

    /// Mean hand pose of the model as rotations (30, 3, 3), identities without a model: what the
    /// originals' calls put on hands that they leave at zero.
    [[nodiscard]] const at::Tensor& restHands() const { return restHands_; }

private:
    /// Joints at the same depth of the tree, and the parents of each.
    struct Level {
        std::vector<std::size_t> joints, parents;
        at::Tensor jointIndex, parentIndex; ///< The same on the device.
    };
    void buildLevels(at::Device device);
    /// Orientations (frames, 55, 3, 3) and positions (frames, 55, 3) of the chain.
    struct Chain {
        at::Tensor turned, places;
    };
    [[nodiscard]] Chain chain(const at::Tensor& rotations, const at::Tensor& rest) const;
    [[nodiscard]] at::Tensor skinned(const at::Tensor& rotations, const at::Tensor& rest,
                                     const Chain& chain, const at::Tensor& betas) const;
    [[nodiscard]] at::Tensor shapedJoints(const at::Tensor& betas) const;
    [[nodiscard]] at::Tensor shapedVertices(const at::Tensor& betas) const;

    at::Tensor joints_;       ///< (55, 3)
    at::Tensor jointShapes_;  ///< (shapes, 55 x 3) or undefined
    at::Tensor template_;     ///< (V, 3)
    at::Tensor shapes_;       ///< (shapes, V x 3)
    at::Tensor correctives_;  ///< (P, V x 3)
    at::Tensor correctiveOf_; ///< (P): entry of R(1..54) - I.
    at::Tensor weights_;      ///< (V, 55)
    at::Tensor restHands_;
    std::vector<Level> levels_; ///< From the root's children on.
};

/// Mean speed of feet that should stand: `contacts` (batch, frames, 4) predicted, above 0.95 a foot
/// stands; `feet` (batch, frames, 4, 3) metres. Mean over everything of the absolute displacement
/// of each frame to the next where it stands, 0 elsewhere and in the last frame
/// (`aelower_trainer.py`).
[[nodiscard]] at::Tensor footSlide(const at::Tensor& feet, const at::Tensor& contacts);

} // namespace gesture::training
