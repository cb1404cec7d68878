// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/body_parts.h"
#include "training/stages/code_targets.h"
#include "training/stages/generator_passes.h"
#include "training/stages/stage_support.h"

namespace gesture::training {

/// Weights of the losses that the generators share. The defaults are the originals'.
struct GeneratorWeights {
    double codes = 1.0;
    double latents = 0.5; ///< The originals' 3 for each part, divided by 6.
    /// Divides each part's latent error by the variance of its first codebook.
    bool latentsByVariance = false;
    double rhythm = 1.0;
    double alignment = 1.0; ///< EchoMask's motion-audio alignment.
    double gate = 1.0;      ///< SemTalk sparse.
};

struct GeneratorSettings {
    models::GeneratorSizes sizes;
    GeneratorWeights weights;
    PassSettings passes;
    /// Statistics of the motion's channels (motion) for `sizes.normalised`.
    at::Tensor mean, deviation;
};

/// Does a pass judge all layers, or (the published slip in SemTalk's second pass) the last one with
/// the weight 1?
enum class JudgedLayers { All, LastAlone };

/// What the training of SemTalk's two networks and of EchoMask has in common.
class GeneratorStage : public Stage {
public:
    [[nodiscard]] std::span<const NamedTensor> parameters() const override {
        return tensors_.parameters();
    }
    [[nodiscard]] std::span<const NamedTensor> buffers() const override {
        return tensors_.buffers();
    }
    [[nodiscard]] std::string_view selection() const override { return "loss"; }
    /// The passes of this step one after the other, each told backwards at once.
    [[nodiscard]] Figures addGradients(const Batch& batch, const StepContext& context) override;

    /// The loss of one pass with a given mask (batch, frames, channels); its terms are noted.
    [[nodiscard]] virtual at::Tensor passLoss(const Batch& batch, MaskPass which,
                                              const at::Tensor& mask, FigureSheet& sheet) = 0;

protected:
    GeneratorStage(GeneratorSettings settings, Codebooks codebooks, const StageBasics& basics);

    /// After the network has been constructed of `tensors()`.
    void fillTensors();

    [[nodiscard]] TrainableTensors& tensors() { return tensors_; }
    [[nodiscard]] const TrainableTensors& tensors() const { return tensors_; }
    [[nodiscard]] const GeneratorSettings& settings() const { return settings_; }
    [[nodiscard]] const StageBasics& basics() const { return basics_; }
    [[nodiscard]] const Codebooks& codebooks() const { return codebooks_; }

    /// The mask of the passes that hide parts of the motion: numbers by lot.
    [[nodiscard]] virtual at::Tensor hiddenMask(const Batch& batch, const StepContext& context);

    /// What a network says of the parts, those undefined left out, against the targets: weighted
    /// sum of code and latent errors, noted on the sheet. `weights` (batch, tokens) as in
    /// `codeErrors`.
    [[nodiscard]] at::Tensor partErrors(const models::FourParts<models::PartPrediction>& said,
                                        const CodeTargets& targets, JudgedLayers judged,
                                        const at::Tensor& weights, FigureSheet& sheet) const;
    /// Notes how many first codes are right, part by part.
    static void noteAccuracies(const models::FourParts<models::PartPrediction>& said,
                               const CodeTargets& targets, FigureSheet& sheet);

private:
    GeneratorSettings settings_;
    Codebooks codebooks_;
    models::FourParts<at::Tensor> latentScales_; ///< By which latent errors are divided.
    StageBasics basics_;
    TrainableTensors tensors_;
};

} // namespace gesture::training
