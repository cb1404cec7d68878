// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/stage.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gesture::training {

/// Takes the gradients away.
void clearGradients(std::span<const NamedTensor> parameters);

/// The gradients that are there. With `fill`, parameters without one get zeros: ranks exchange the
/// same tensors whatever each of them used.
enum class Missing { LeaveOut, Fill };
[[nodiscard]] std::vector<at::Tensor> gradientsOf(std::span<const NamedTensor> parameters,
                                                  Missing missing = Missing::LeaveOut);

/// Multiplies them by a factor.
void scaleGradients(std::span<const NamedTensor> parameters, double factor);

/// The 2-norm of all gradients as one vector. When it is above `longest` (0: never), they are
/// shortened to it as torch's clip_grad_norm_ does. Not finite when one of them is not.
[[nodiscard]] double clipGradients(std::span<const NamedTensor> parameters, double longest);

/// The name of the first parameter whose gradient has a number that is not finite.
[[nodiscard]] std::optional<std::string> firstBadGradient(std::span<const NamedTensor> parameters);

} // namespace gesture::training
