// SPDX-License-Identifier: Apache-2.0
#include "training/loop/gradients.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <cmath>

namespace gesture::training {

void clearGradients(std::span<const NamedTensor> parameters) {
    for (const NamedTensor& parameter : parameters)
        parameter.tensor.mutable_grad() = at::Tensor();
}

std::vector<at::Tensor> gradientsOf(std::span<const NamedTensor> parameters, Missing missing) {
    std::vector<at::Tensor> gradients;
    gradients.reserve(parameters.size());
    for (const NamedTensor& parameter : parameters) {
        if (missing == Missing::Fill && !parameter.tensor.grad().defined())
            parameter.tensor.mutable_grad() = at::zeros_like(parameter.tensor.detach());
        if (parameter.tensor.grad().defined()) gradients.push_back(parameter.tensor.grad());
    }
    return gradients;
}

void scaleGradients(std::span<const NamedTensor> parameters, double factor) {
    const at::NoGradGuard noGradients;
    const std::vector<at::Tensor> gradients = gradientsOf(parameters);
    if (!gradients.empty()) at::_foreach_mul_(gradients, factor);
}

double clipGradients(std::span<const NamedTensor> parameters, double longest) {
    constexpr double kSmall = 1e-6; // as torch
    const at::NoGradGuard noGradients;
    const std::vector<at::Tensor> gradients = gradientsOf(parameters);
    if (gradients.empty()) return 0.0;
    at::Tensor norm = at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients, 2)), 2);
    // Squares of large gradients leave the range of floats before the gradients do.
    if (!std::isfinite(norm.item().toDouble()))
        norm = at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients, 2, at::kDouble)), 2);
    const double length = norm.item().toDouble();
    // Not by a number that is none: it would be in every gradient, and nobody could say whence.
    if (longest > 0.0 && std::isfinite(length)) {
        const at::Tensor factor = (longest / (norm + kSmall)).clamp_max(1.0);
        at::_foreach_mul_(gradients, factor.item());
    }
    return length;
}

std::optional<std::string> firstBadGradient(std::span<const NamedTensor> parameters) {
    const auto found =
        std::find_if(parameters.begin(), parameters.end(), [](const NamedTensor& parameter) {
            const at::Tensor& gradient = parameter.tensor.grad();
            return gradient.defined() && !at::isfinite(gradient).all().item().toBool();
        });
    if (found == parameters.end()) return std::nullopt;
    return found->name;
}

} // namespace gesture::training
