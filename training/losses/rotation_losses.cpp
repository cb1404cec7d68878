// SPDX-License-Identifier: Apache-2.0
#include "training/losses/rotation_losses.h"

#include <ATen/ops/acos.h>
#include <ATen/ops/diff.h>
#include <ATen/ops/l1_loss.h>
#include <ATen/ops/linalg_cross.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/norm.h>
#include <ATen/ops/stack.h>

namespace gesture::training {

namespace {

at::Tensor unitVectors(const at::Tensor& x) { return x / x.norm(2, -1, true).clamp_min(1e-12); }

} // namespace

at::Tensor matricesFrom6d(const at::Tensor& rotations) {
    auto sizes = rotations.sizes().vec();
    const std::int64_t joints = sizes.back() / 6;
    sizes.back() = joints;
    sizes.push_back(6);
    const at::Tensor rows = rotations.reshape(sizes);
    const at::Tensor first = unitVectors(rows.narrow(-1, 0, 3));
    const at::Tensor raw = rows.narrow(-1, 3, 3);
    const at::Tensor second = unitVectors(raw - (first * raw).sum(-1, true) * first);
    return at::stack({first, second, at::linalg_cross(first, second, -1)}, -2);
}

at::Tensor geodesicError(const at::Tensor& first, const at::Tensor& second) {
    constexpr double kMargin = 1e-6;
    const at::Tensor trace = (first * second).sum({-2, -1});
    return at::acos(((trace - 1.0) / 2.0).clamp(-1.0 + kMargin, 1.0 - kMargin)).mean();
}

at::Tensor meanError(const at::Tensor& first, const at::Tensor& second, Norm norm) {
    return norm == Norm::Absolute ? at::l1_loss(first, second) : at::mse_loss(first, second);
}

at::Tensor differences(const at::Tensor& x, std::int64_t axis) { return at::diff(x, 1, axis); }

MotionErrors differenceErrors(const at::Tensor& first, const at::Tensor& second, Norm norm,
                              std::int64_t axis) {
    const at::Tensor firstSpeed = differences(first, axis);
    const at::Tensor secondSpeed = differences(second, axis);
    return {meanError(firstSpeed, secondSpeed, norm),
            meanError(differences(firstSpeed, axis), differences(secondSpeed, axis), norm)};
}

} // namespace gesture::training
