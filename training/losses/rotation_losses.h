// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/tensor.h"

namespace gesture::training {

// Losses of the tokenizers on rotations and on numbers over time (`ae_trainer.py` and its kin).

/// Gram-Schmidt on two rows: (…, 6 joints) to matrices (…, joints, 3, 3), as
/// `matrixFromRotation6d`.
[[nodiscard]] at::Tensor matricesFrom6d(const at::Tensor& rotations);

/// Angle between rotations, radians, mean over all: acos of the clamped cosine
/// (`loss_factory.py`, GeodesicLoss).
[[nodiscard]] at::Tensor geodesicError(const at::Tensor& first, const at::Tensor& second);

/// How differences are judged.
enum class Norm { Absolute, Squared };
/// Mean absolute or mean squared difference.
[[nodiscard]] at::Tensor meanError(const at::Tensor& first, const at::Tensor& second, Norm norm);

/// Difference of neighbours along `axis`: one element fewer.
[[nodiscard]] at::Tensor differences(const at::Tensor& x, std::int64_t axis = 1);

/// Errors of the first and of the second differences along `axis`.
struct MotionErrors {
    at::Tensor velocity;
    at::Tensor acceleration;
};
[[nodiscard]] MotionErrors differenceErrors(const at::Tensor& first, const at::Tensor& second,
                                            Norm norm, std::int64_t axis = 1);

} // namespace gesture::training
