// SPDX-License-Identifier: Apache-2.0
#include "training/loop/adam.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_addcdiv.h>
#include <ATen/ops/_foreach_addcmul.h>
#include <ATen/ops/_foreach_div.h>
#include <ATen/ops/_foreach_lerp.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_sqrt.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <cmath>

namespace gesture::training {

Adam::Adam(std::span<const NamedTensor> parameters, const Options& options)
    : options_(options)
    , steps_(at::zeros({static_cast<std::int64_t>(parameters.size())}, at::kLong)) {
    for (const NamedTensor& parameter : parameters) {
        const at::Tensor value = parameter.tensor.detach();
        parameters_.push_back(parameter.tensor);
        means_.push_back(at::zeros_like(value));
        squares_.push_back(at::zeros_like(value));
        state_.push_back({"exp_avg/" + parameter.name, means_.back()});
        state_.push_back({"exp_avg_sq/" + parameter.name, squares_.back()});
    }
    state_.push_back({"step", steps_});
}

void Adam::step(double rate) {
    const at::NoGradGuard noGradients;
    std::vector<at::Tensor> values;
    std::vector<at::Tensor> gradients;
    std::vector<at::Tensor> means;
    std::vector<at::Tensor> squares;
    std::vector<at::Scalar> sizes;
    std::vector<at::Scalar> corrections;
    auto* steps = steps_.mutable_data_ptr<std::int64_t>();
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        if (!parameters_[i].grad().defined()) continue;
        const auto count = static_cast<double>(++steps[i]);
        values.push_back(parameters_[i]);
        gradients.push_back(parameters_[i].grad());
        means.push_back(means_[i]);
        squares.push_back(squares_[i]);
        sizes.emplace_back(-rate / (1.0 - std::pow(options_.beta1, count)));
        corrections.emplace_back(std::sqrt(1.0 - std::pow(options_.beta2, count)));
    }
    if (values.empty()) return;
    if (options_.weightDecay != 0.0) {
        if (options_.decay == Decay::Apart)
            at::_foreach_mul_(values, 1.0 - rate * options_.weightDecay);
        else
            gradients = at::_foreach_add(gradients, values, options_.weightDecay);
    }
    at::_foreach_lerp_(means, gradients, 1.0 - options_.beta1);
    at::_foreach_mul_(squares, options_.beta2);
    at::_foreach_addcmul_(squares, gradients, gradients, 1.0 - options_.beta2);
    std::vector<at::Tensor> denominators = at::_foreach_sqrt(squares);
    at::_foreach_div_(denominators, corrections);
    at::_foreach_add_(denominators, options_.epsilon);
    at::_foreach_addcdiv_(values, means, denominators, sizes);
}

} // namespace gesture::training
