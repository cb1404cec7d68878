// SPDX-License-Identifier: Apache-2.0
#include "tests/training/loop/tiny_stage.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/dropout.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/zeros.h>

#include <cmath>
#include <limits>

namespace gesture::training::test {

namespace {

constexpr std::int64_t kInputs = 8;

/// A number from -1 to 1 that depends on its arguments alone.
float numberOf(std::uint64_t seed, std::uint64_t index) {
    std::uint64_t value = seed * 0x9E3779B97F4A7C15U + index * 0xBF58476D1CE4E5B9U + 1;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
    return static_cast<float>((value ^ (value >> 31U)) >> 40U) / 8388608.0F - 1.0F;
}

at::Tensor initial(std::vector<std::int64_t> shape, std::uint64_t seed) {
    at::Tensor tensor = at::empty(shape);
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        tensor.mutable_data_ptr<float>()[i] = 0.3F * numberOf(seed, static_cast<std::uint64_t>(i));
    return tensor.requires_grad_(true);
}

class TinyData final : public BatchSource {
public:
    explicit TinyData(const TinyOptions& options)
        : options_(options) {}

    std::int64_t stepsPerEpoch() const override { return options_.samples / options_.batch; }
    Result<Batch> at(std::int64_t step, RankShare share) const override {
        if (step == options_.brokenDataStep) return Error{ErrorCode::Io, "The tiny data is gone."};
        const std::int64_t count = (options_.batch - share.rank + share.ranks - 1) / share.ranks;
        at::Tensor x = at::empty({count, kInputs});
        at::Tensor y = at::empty({count, 1});
        for (std::int64_t row = 0; row < count; ++row) {
            const std::int64_t sample = step * options_.batch + share.rank + row * share.ranks;
            float sum = 0.0F;
            for (std::int64_t i = 0; i < kInputs; ++i) {
                const float value =
                    numberOf(options_.seed + 100, static_cast<std::uint64_t>(sample * kInputs + i));
                x.mutable_data_ptr<float>()[row * kInputs + i] = value;
                sum += value * static_cast<float>(i - 3);
            }
            y.mutable_data_ptr<float>()[row] = std::sin(sum);
        }
        return Batch{{"x", x}, {"y", y}};
    }

private:
    TinyOptions options_;
};

class TinyStage final : public Stage {
public:
    explicit TinyStage(const TinyOptions& options)
        : options_(options)
        , parameters_{{"first.weight", initial({options.width, kInputs}, options.seed)},
                      {"first.bias", initial({options.width}, options.seed + 1)},
                      {"second.weight", initial({1, options.width}, options.seed + 2)},
                      {"second.bias", initial({1}, options.seed + 3)}}
        , buffers_{{"mean", at::zeros({options.width})}, {"count", at::zeros({}, at::kLong)}} {}

    std::span<const NamedTensor> parameters() const override { return parameters_; }
    std::span<const NamedTensor> buffers() const override { return buffers_; }

    Figures addGradients(const Batch& batch, const StepContext& context) override {
        const at::Tensor hidden = hiddenOf(batch.at("x"));
        {
            const at::NoGradGuard noGradients;
            buffers_[0].tensor.lerp_(hidden.detach().mean(0), 0.1);
            buffers_[1].tensor.add_(1);
        }
        const at::Tensor dropped = at::dropout(hidden - buffers_[0].tensor, options_.dropout, true);
        at::Tensor loss = at::mse_loss(outputOf(dropped), batch.at("y"));
        if (context.step == options_.badLossStep) loss = loss / 0.0;
        (loss * context.lossScale).backward();
        if (context.step == options_.badStep)
            parameters_[3].tensor.mutable_grad().fill_(std::numeric_limits<float>::quiet_NaN());
        return {{"loss", loss.item().toDouble()}};
    }

    Result<Figures> evaluate(const BatchSource& heldOut, JobControl& control) override {
        double sum = 0.0;
        const std::int64_t steps = heldOut.stepsPerEpoch();
        for (std::int64_t step = 0; step < steps; ++step) {
            if (control.stopRequested()) return JobControl::cancelled("Measuring");
            auto batch = heldOut.at(step, {});
            if (!batch) return std::move(batch).error();
            const at::Tensor hidden = hiddenOf(batch->at("x")) - buffers_[0].tensor;
            sum += at::mse_loss(outputOf(hidden), batch->at("y")).item().toDouble();
        }
        return Figures{{"error", sum / static_cast<double>(steps)}};
    }
    std::string_view selection() const override { return "error"; }

    std::vector<ExportedNetwork> networks() const override {
        io::NetworkEntry entry;
        entry.kind = "global_motion";
        entry.sizes["hidden"] = {options_.width};
        return {{"global_motion", entry, parameters_}};
    }

private:
    at::Tensor hiddenOf(const at::Tensor& x) const {
        return at::relu(at::linear(x, parameters_[0].tensor, parameters_[1].tensor));
    }
    at::Tensor outputOf(const at::Tensor& hidden) const {
        return at::linear(hidden, parameters_[2].tensor, parameters_[3].tensor);
    }

    TinyOptions options_;
    std::vector<NamedTensor> parameters_;
    std::vector<NamedTensor> buffers_;
};

} // namespace

std::unique_ptr<Stage> makeTinyStage(const TinyOptions& options) {
    return std::make_unique<TinyStage>(options);
}
std::unique_ptr<BatchSource> makeTinyData(const TinyOptions& options) {
    return std::make_unique<TinyData>(options);
}

} // namespace gesture::training::test
