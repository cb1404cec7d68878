// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/motion_tokenizer.h"
#include "core/motion/skeleton.h"
#include "training/losses/body_joints.h"
#include "training/losses/rotation_losses.h"
#include "training/stages/quantizer_training.h"
#include "training/stages/stage_support.h"

#include <memory>
#include <optional>
#include <string>

namespace gesture::training {

/// Weights of a tokenizer's losses; 0 leaves a term out. Those of the originals are 1, but 20 for
/// the foot, and 0 for `values` and `translation` (`ae_trainer.py`, `aeface_trainer.py`,
/// `aelower_trainer.py`). Terms that a part has not are not looked at.
struct TokenizerWeights {
    double rotation = 1.0;     ///< Angle between rotations.
    double velocity = 1.0;     ///< First differences of the matrices.
    double acceleration = 1.0; ///< Second differences.
    double values = 0.0;       ///< Absolute difference of the six numbers.
    double expressions = 1.0;  ///< Face: squared, with first and second differences.
    double contacts = 1.0;     ///< Lower body: squared.
    double translation = 0.0;  ///< Lower body: absolute, of translation and contacts.
    double joints = 1.0;       ///< Lower body: squared, of the joints' places.
    double foot = 20.0;        ///< Lower body: slide of standing feet.
    double vertices = 1.0;     ///< Surface, with differences along its vertices (as the originals).
    double commitment = 1.0;
};

struct TokenizerSettings {
    motion::BodyPart part = motion::BodyPart::Upper;
    models::TokenizerSizes sizes;
    QuantizerSettings quantizer;
    TokenizerWeights weights;
    /// Mean and deviation (channels) for `sizes.normalised`.
    at::Tensor mean, deviation;
    /// For joints, foot and vertices; without it those terms are left out.
    std::shared_ptr<const BodyJoints> body;
    bool keepsCodebooks = false; ///< Trained on from a bundle.
};

/// Trains the residual tokenizer of one part on windows of its motion. Batches: "motion", for the
/// face "expressions", with a body "betas" where there are any.
class TokenizerStage final : public Stage {
public:
    TokenizerStage(TokenizerSettings settings, const StageBasics& basics);

    [[nodiscard]] std::span<const NamedTensor> parameters() const override {
        return tensors_.parameters();
    }
    [[nodiscard]] std::span<const NamedTensor> buffers() const override { return buffers_; }
    [[nodiscard]] Figures addGradients(const Batch& batch, const StepContext& context) override;
    [[nodiscard]] Result<Figures> evaluate(const BatchSource& heldOut,
                                           JobControl& control) override;
    [[nodiscard]] std::string_view selection() const override { return "degrees"; }
    [[nodiscard]] std::vector<ExportedNetwork> networks() const override;

    [[nodiscard]] const models::MotionTokenizer& network() const { return *network_; }

private:
    [[nodiscard]] at::Tensor part(const Batch& batch) const;
    /// Weighted terms of a reconstruction, noted on the sheet; their sum.
    [[nodiscard]] at::Tensor errors(const at::Tensor& made, const at::Tensor& truth,
                                    const Batch& batch, FigureSheet& sheet) const;
    [[nodiscard]] at::Tensor bodyErrors(const at::Tensor& made, const at::Tensor& truth,
                                        const Batch& batch, FigureSheet& sheet) const;
    [[nodiscard]] BodyJoints::Posed posed(const at::Tensor& rotations,
                                          const at::Tensor& betas) const;
    [[nodiscard]] std::int64_t rotationChannels() const;

    TokenizerSettings settings_;
    StageBasics basics_;
    TrainableTensors tensors_;
    std::unique_ptr<const models::MotionTokenizer> network_;
    std::optional<QuantizerTraining> quantizer_;
    std::vector<NamedTensor> buffers_;
};

} // namespace gesture::training
