// SPDX-License-Identifier: Apache-2.0
#include "training/stages/stage_support.h"

#include "core/base/assert.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_unique2.h>
#include <ATen/ops/cumsum.h>
#include <ATen/ops/stack.h>

#include <algorithm>
#include <map>

namespace gesture::training {

void FigureSheet::add(std::string name, const at::Tensor& value) {
    values_.emplace_back(std::move(name), value.detach());
}

void FigureSheet::sum(const std::string& name, const at::Tensor& value) {
    for (auto& [known, total] : values_) {
        if (known != name) continue;
        total = total + value.detach();
        return;
    }
    add(name, value);
}

Figures FigureSheet::figures() const {
    if (values_.empty()) return {};
    std::vector<at::Tensor> scalars;
    for (const auto& [name, value] : values_)
        scalars.push_back(value.to(at::kFloat).reshape({}));
    const at::Tensor fetched = at::stack(scalars).to(at::kCPU, at::kDouble);
    Figures figures;
    for (std::size_t i = 0; i < values_.size(); ++i)
        figures.emplace_back(values_[i].first, fetched.data_ptr<double>()[i]);
    return figures;
}

const at::Tensor& entryOf(const Batch& batch, std::string_view name) {
    const auto found = batch.find(name);
    GESTURE_ASSERT(found != batch.end());
    return found->second;
}

Batch onDevice(const Batch& batch, at::Device device) {
    Batch moved;
    for (const auto& [name, tensor] : batch)
        moved.emplace(name, tensor.to(device));
    return moved;
}

Result<Figures> meansOver(const BatchSource& heldOut, const StageBasics& basics,
                          JobControl& control,
                          const std::function<FigureSheet(const Batch&)>& measure) {
    const at::NoGradGuard noGradient;
    std::int64_t batches = heldOut.stepsPerEpoch();
    if (basics.evaluationBatches > 0) batches = std::min(batches, basics.evaluationBatches);
    if (batches == 0)
        return Error{ErrorCode::InvalidInput,
                     "There is no held-out data to evaluate on: its split has no window."};
    Figures means;
    control.beginStage("Evaluating", batches);
    for (std::int64_t step = 0; step < batches; ++step) {
        if (control.stopRequested()) return JobControl::cancelled("Evaluating");
        const auto batch = heldOut.at(step, {});
        if (!batch) return batch.error();
        const Figures figures = measure(onDevice(*batch, basics.device)).figures();
        if (means.empty())
            for (const auto& [name, value] : figures)
                means.emplace_back(name, 0.0);
        GESTURE_ASSERT(means.size() == figures.size());
        for (std::size_t i = 0; i < figures.size(); ++i)
            means[i].second += figures[i].second / static_cast<double>(batches);
        control.advanceTo(step + 1);
    }
    return means;
}

void sendBackward(const at::Tensor& loss, const StepContext& context) {
    (context.lossScale == 1.0 ? loss : loss * context.lossScale).backward();
}

double areaUnderCurve(const at::Tensor& scores, const at::Tensor& labels) {
    const at::Tensor truth = labels.flatten().to(at::kCPU, at::kDouble);
    const double positives = truth.sum().item<double>();
    const double negatives = static_cast<double>(truth.numel()) - positives;
    if (positives == 0.0 || negatives == 0.0) return 0.5;
    // The rank of a value is the mean rank of its equals.
    const auto [values, places, counts] =
        at::_unique2(scores.flatten().to(at::kCPU, at::kDouble), true, true, true);
    const at::Tensor upTo = at::cumsum(counts, 0).to(at::kDouble);
    const at::Tensor rank = upTo - (counts.to(at::kDouble) - 1.0) / 2.0;
    const double sum = (rank.index_select(0, places) * truth).sum().item<double>();
    return (sum - positives * (positives + 1.0) / 2.0) / (positives * negatives);
}

} // namespace gesture::training
