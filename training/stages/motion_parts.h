// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/tensor.h"
#include "core/motion/skeleton.h"

namespace gesture::training {

/// A part's vector as its tokenizer takes it: `motion` (batch, frames, 337), and for the face
/// `expressions` (batch, frames, 100), to (batch, frames, channels of the part).
[[nodiscard]] at::Tensor partOfMotion(motion::BodyPart part, const at::Tensor& motion,
                                      const at::Tensor& expressions);

/// Joints of a part, whole numbers, on a device.
[[nodiscard]] at::Tensor jointIndexOf(motion::BodyPart part, at::Device device);

/// Speed of the root: central differences over frames of `places` (batch, frames, channels) at 30
/// a second, one-sided at both ends (`other_tools.py`, estimate_linear_velocity).
[[nodiscard]] at::Tensor rootSpeed(const at::Tensor& places);
/// Euler's way back: the first place is `start` (batch, channels), the last speed has no effect.
[[nodiscard]] at::Tensor rootPlaces(const at::Tensor& speed, const at::Tensor& start);

} // namespace gesture::training
