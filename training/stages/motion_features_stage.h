// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/motion_features.h"
#include "training/stages/stage_support.h"

#include <memory>

namespace gesture::training {

/// Weights of the auto-encoder's losses on all 55 joints. The originals' training was never
/// published; these are the terms of their tokenizers.
struct MotionFeaturesWeights {
    double rotation = 1.0;
    double velocity = 1.0;
    double acceleration = 1.0;
    double values = 1.0; ///< Squared difference of the six numbers.
};

/// Trains the network whose features the Fréchet gesture distance compares, together with a decoder
/// that only its training needs. Batches: "motion", windows of a multiple of 16 frames.
class MotionFeaturesStage final : public Stage {
public:
    MotionFeaturesStage(const MotionFeaturesWeights& weights, const StageBasics& basics);

    [[nodiscard]] std::span<const NamedTensor> parameters() const override {
        return tensors_.parameters();
    }
    [[nodiscard]] std::span<const NamedTensor> buffers() const override {
        return tensors_.buffers();
    }
    [[nodiscard]] Figures addGradients(const Batch& batch, const StepContext& context) override;
    [[nodiscard]] Result<Figures> evaluate(const BatchSource& heldOut,
                                           JobControl& control) override;
    [[nodiscard]] std::string_view selection() const override { return "degrees"; }
    [[nodiscard]] std::vector<ExportedNetwork> networks() const override;

private:
    /// Which numbers each convolution connects and what is merged follow from the skeleton.
    void writeSkeleton();
    [[nodiscard]] at::Tensor errors(const Batch& batch, FigureSheet& sheet) const;

    MotionFeaturesWeights weights_;
    StageBasics basics_;
    TrainableTensors tensors_;
    std::unique_ptr<const models::MotionFeatures> encoder_;
    std::unique_ptr<const models::MotionFeatureDecoder> decoder_;
};

} // namespace gesture::training
