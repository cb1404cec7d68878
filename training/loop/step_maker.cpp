// SPDX-License-Identifier: Apache-2.0
#include "training/loop/step_maker.h"

#include "training/loop/device_state.h"
#include "training/loop/gradients.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace gesture::training {

namespace {

/// Buffers up to this size (running statistics, codebooks) are taken from rank 0 after every step.
/// Larger ones are copies of parameters, which agree already; they are taken now and then.
constexpr std::size_t kSmallBuffer = std::size_t{4} << 20; ///< bytes
constexpr std::int64_t kLargeBuffersEvery = 100;           ///< steps

at::ScalarType typeOf(Precision precision) {
    switch (precision) {
    case Precision::Full:
        return at::kFloat;
    case Precision::Half:
        return at::kHalf;
    case Precision::BFloat16:
        return at::kBFloat16;
    }
    return at::kFloat;
}

double lossOf(const Figures& figures) {
    const auto found = std::find_if(figures.begin(), figures.end(),
                                    [](const auto& figure) { return figure.first == "loss"; });
    return found == figures.end() ? std::nan("") : found->second;
}

} // namespace

StepMaker::StepMaker(const Frame& frame, const LoopSettings& settings)
    : frame_(frame)
    , settings_(settings)
    , adam_(frame.stage->parameters(), settings.adam) {
    if (settings.average > 0.0)
        average_ = std::make_unique<ParameterAverage>(frame.stage->parameters(), settings.average);
}

Batch StepMaker::moved(const Batch& batch) const {
    if (frame_.device.is_cpu()) return batch;
    Batch there;
    for (const auto& [name, tensor] : batch)
        there.emplace(name, tensor.to(frame_.device, /*non_blocking=*/true));
    return there;
}

Status StepMaker::shareLoss(Figures& figures) const {
    if (frame_.group->ranks() == 1) return Status::success();
    const auto sum = frame_.group->sum({lossOf(figures)});
    if (!sum) return sum.error();
    for (auto& [name, value] : figures)
        if (name == "loss") value = sum->front() / frame_.group->ranks();
    return Status::success();
}

Status StepMaker::shareBuffers(std::int64_t step) const {
    if (frame_.group->ranks() == 1) return Status::success();
    std::vector<at::Tensor> buffers;
    const bool all = (step + 1) % kLargeBuffersEvery == 0;
    for (const NamedTensor& named : frame_.stage->buffers())
        if (all || named.tensor.nbytes() <= kSmallBuffer) buffers.push_back(named.tensor);
    return frame_.group->spread(buffers);
}

Status StepMaker::notFinite(std::int64_t step, bool lossIsFinite) const {
    const auto layer = firstBadGradient(frame_.stage->parameters());
    const std::string what = lossIsFinite ? "a gradient" : "the loss";
    const std::string where =
        layer ? fmt::format("the first gradient with such numbers is that of '{}'", *layer)
              : std::string("every single gradient is finite");
    return Error{ErrorCode::InvalidInput,
                 fmt::format("In step {} {} is not a finite number; {}. The networks were not "
                             "changed by this step: lower optimiser.rate, set optimiser.clip, or "
                             "look at the data.",
                             step, what, where)};
}

Result<StepMaker::Outcome> StepMaker::make(const Batch& batch, std::int64_t step,
                                           LossScale& scale) {
    const bool scaled = settings_.precision == Precision::Half && frame_.device.is_cuda();
    const std::span<const NamedTensor> parameters = frame_.stage->parameters();
    RankGroup& group = *frame_.group;
    const StepContext context{step,
                              frame_.stepsPerEpoch,
                              frame_.totalSteps,
                              {group.rank(), group.ranks()},
                              scaled ? scale.scale : 1.0};
    clearGradients(parameters);
    seedGenerators(settings_.seed, step, group.rank());
    Outcome outcome;
    {
        const ReducedPrecision reduced(frame_.device, typeOf(settings_.precision));
        outcome.figures = frame_.stage->addGradients(moved(batch), context);
    }
    if (auto shared = shareLoss(outcome.figures); !shared) return std::move(shared).error();
    if (group.ranks() > 1)
        if (auto mean = group.average(gradientsOf(parameters, Missing::Fill)); !mean)
            return std::move(mean).error();
    if (scaled) scaleGradients(parameters, 1.0 / scale.scale);
    const double length = clipGradients(parameters, settings_.clip);
    const bool lossIsFinite = std::isfinite(lossOf(outcome.figures));
    const bool good = lossIsFinite && std::isfinite(length);
    if (scaled)
        scale.update(good ? LossScale::Gradients::Finite : LossScale::Gradients::Overflowed);
    skipped_ = good ? 0 : skipped_ + 1;
    const bool hopeless = scaled ? scale.exhausted() : skipped_ > settings_.skip;
    if (!good && (hopeless || !lossIsFinite)) return notFinite(step, lossIsFinite).error();
    outcome.rate = settings_.schedule.rateAt(step, frame_.stepsPerEpoch, frame_.totalSteps);
    outcome.skipped = !good;
    outcome.figures.emplace_back("gradient", length);
    if (good) {
        adam_.step(outcome.rate);
        frame_.stage->afterStep(context);
        if (average_) average_->follow();
    }
    if (auto shared = shareBuffers(step); !shared) return std::move(shared).error();
    return outcome;
}

} // namespace gesture::training
