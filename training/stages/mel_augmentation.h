// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/tensor.h"

namespace gesture::training {

/// How a log-mel matrix is disturbed so that an encoder trained on few voices hears others. All
/// sizes are in units of the normalised matrix; every sample of a batch draws its own.
struct MelAugmentation {
    double warp = 0.14;      ///< Largest share by which frequencies are stretched.
    double gain = 0.3;       ///< Deviation of a constant.
    double tilt = 0.35;      ///< Deviation of a slope over the bands.
    double ripple = 0.25;    ///< Deviation of one cosine over the bands.
    double floorFrom = -3.0; ///< Level of the noise floor, drawn between the two.
    double floorTo = -0.3;
    double smearShare = 0.5; ///< Share of samples with a decay, as of a room.
    double contrast = 0.2;   ///< Largest share by which differences grow or shrink.
    double white = 0.05;     ///< Deviation of noise on every value.
    double speedShare = 0.0; ///< Share of samples that run faster or slower,
    double speed = 0.2;      ///< by at most this share.
};

/// `mel` (batch, rows, bands), disturbed. Draws from torch's generator.
[[nodiscard]] at::Tensor disturbed(const at::Tensor& mel, const MelAugmentation& settings);

/// Rows that a change of speed takes, (batch, rows) whole numbers within the crop: for mel and
/// labels alike.
[[nodiscard]] at::Tensor speedRows(const at::Tensor& mel, const MelAugmentation& settings);

} // namespace gesture::training
