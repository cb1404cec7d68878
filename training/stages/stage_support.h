// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/pass.h"
#include "training/loop/stage.h"
#include "training/stages/trainable_tensors.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gesture::training {

// What all stages need.

/// What every stage is told.
struct StageBasics {
    at::Device device = at::kCPU;
    models::Pass pass = models::Pass::Training; ///< Where dropout is applied in training.
    InitialValues initial;
    /// Batches of held-out data that an evaluation looks at; 0: all.
    std::int64_t evaluationBatches = 0;
};

/// Numbers that were computed on a device, fetched from it at once.
class FigureSheet {
public:
    /// `value` is a scalar; its gradient is not kept.
    void add(std::string name, const at::Tensor& value);
    /// Adds to what stands under the name, or begins it.
    void sum(const std::string& name, const at::Tensor& value);
    [[nodiscard]] Figures figures() const;

private:
    std::vector<std::pair<std::string, at::Tensor>> values_;
};

/// The tensor under `name`, which the stage's own batch source promised.
[[nodiscard]] const at::Tensor& entryOf(const Batch& batch, std::string_view name);

/// All tensors of a batch on a device.
[[nodiscard]] Batch onDevice(const Batch& batch, at::Device device);

/// Means over the batches of `heldOut` of what `measure` says of one, without gradients.
/// InvalidInput when there is no batch; Cancelled; the errors of the source.
[[nodiscard]] Result<Figures> meansOver(const BatchSource& heldOut, const StageBasics& basics,
                                        JobControl& control,
                                        const std::function<FigureSheet(const Batch&)>& measure);

/// Tells a loss backwards, scaled as the loop asks for it.
void sendBackward(const at::Tensor& loss, const StepContext& context);

/// Area under the curve of `scores` against `labels` (both of n elements, labels 0 or 1): the share
/// of pairs in the right order, ties half. 0.5 when one kind is missing.
[[nodiscard]] double areaUnderCurve(const at::Tensor& scores, const at::Tensor& labels);

} // namespace gesture::training
