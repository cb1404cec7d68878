// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/global_motion.h"
#include "training/losses/body_joints.h"
#include "training/stages/stage_support.h"

#include <memory>

namespace gesture::training {

/// Weights of the losses of the root's network (`aelowerfoot_trainer.py`).
struct GlobalMotionWeights {
    double contacts = 1.0;
    double speed = 1.0;            ///< Of the root along x and z, absolute.
    double speedDifferences = 5.0; ///< First and second differences of it.
    double places = 1.0;           ///< Absolute; the network's speeds integrated.
    double placeDifferences = 5.0;
    double surface = 1.0; ///< Squared: where both bodies have one pose, vertices differ by places.
    double foot = 20.0;
};

struct GlobalMotionSettings {
    models::GlobalMotionSizes sizes;
    GlobalMotionWeights weights;
    /// For the foot; without it that term is left out.
    std::shared_ptr<const BodyJoints> body;
};

/// Trains the network that says where the lower body goes. Batches: "motion", with a body "betas"
/// where there are any.
class GlobalMotionStage final : public Stage {
public:
    GlobalMotionStage(GlobalMotionSettings settings, const StageBasics& basics);

    [[nodiscard]] std::span<const NamedTensor> parameters() const override {
        return tensors_.parameters();
    }
    [[nodiscard]] std::span<const NamedTensor> buffers() const override {
        return tensors_.buffers();
    }
    [[nodiscard]] Figures addGradients(const Batch& batch, const StepContext& context) override;
    [[nodiscard]] Result<Figures> evaluate(const BatchSource& heldOut,
                                           JobControl& control) override;
    [[nodiscard]] std::string_view selection() const override { return "loss"; }
    [[nodiscard]] std::vector<ExportedNetwork> networks() const override;

private:
    [[nodiscard]] at::Tensor errors(const Batch& batch, FigureSheet& sheet) const;
    [[nodiscard]] at::Tensor footError(const Batch& batch, const at::Tensor& places,
                                       const at::Tensor& contacts) const;

    GlobalMotionSettings settings_;
    StageBasics basics_;
    TrainableTensors tensors_;
    std::unique_ptr<const models::GlobalMotion> network_;
};

} // namespace gesture::training
