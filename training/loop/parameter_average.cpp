// SPDX-License-Identifier: Apache-2.0
#include "training/loop/parameter_average.h"

#include <ATen/core/grad_mode.h>

namespace gesture::training {

ParameterAverage::ParameterAverage(std::span<const NamedTensor> parameters, double decay)
    : decay_(decay) {
    for (const NamedTensor& parameter : parameters) {
        parameters_.push_back(parameter.tensor);
        copies_.push_back({parameter.name, parameter.tensor.detach().clone()});
    }
}

void ParameterAverage::follow() {
    const at::NoGradGuard noGradients;
    for (std::size_t i = 0; i < parameters_.size(); ++i)
        copies_[i].tensor.lerp_(parameters_[i], 1.0 - decay_);
}

void ParameterAverage::exchange() {
    const at::NoGradGuard noGradients;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const at::Tensor kept = parameters_[i].detach().clone();
        parameters_[i].copy_(copies_[i].tensor);
        copies_[i].tensor.copy_(kept);
    }
}

} // namespace gesture::training
