// SPDX-License-Identifier: Apache-2.0
#include "training/stages/mel_augmentation.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/cos.h>
#include <ATen/ops/lerp.h>
#include <ATen/ops/linspace.h>
#include <ATen/ops/logaddexp.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/randn_like.h>
#include <ATen/ops/where.h>

#include <numbers>

namespace gesture::training {

namespace {

/// One number a sample, (batch, 1, 1).
at::Tensor drawnBetween(const at::Tensor& mel, double low, double high) {
    return low + (high - low) * at::rand({mel.size(0), 1, 1}, mel.options());
}

at::Tensor drawnNormal(const at::Tensor& mel, double deviation) {
    return deviation * at::randn({mel.size(0), 1, 1}, mel.options());
}

/// Bands of another vocal tract: each band reads a stretched place.
at::Tensor warped(const at::Tensor& mel, double share) {
    const std::int64_t bands = mel.size(2);
    const at::Tensor stretch = 1.0 + drawnBetween(mel, -share, share);
    const at::Tensor place = (at::arange(bands, mel.options()) * stretch)
                                 .clamp(0.0, static_cast<double>(bands - 1))
                                 .expand({-1, mel.size(1), -1});
    const at::Tensor below = place.floor();
    const at::Tensor index = below.to(at::kLong);
    return at::lerp(mel.gather(2, index), mel.gather(2, (index + 1).clamp_max(bands - 1)),
                    place - below);
}

/// Gain, slope and ripple over the bands.
at::Tensor coloured(const at::Tensor& mel, const MelAugmentation& settings) {
    const at::Tensor bands = at::linspace(-1.0, 1.0, mel.size(2), mel.options());
    const at::Tensor waves = drawnBetween(mel, 0.5, 3.0) * std::numbers::pi;
    return mel + drawnNormal(mel, settings.gain) + bands * drawnNormal(mel, settings.tilt) +
           at::cos(bands * waves) * drawnNormal(mel, settings.ripple);
}

/// Noise under the speech: energies add up.
at::Tensor floored(const at::Tensor& mel, const MelAugmentation& settings) {
    constexpr double kRoughness = 0.15;
    const at::Tensor level =
        drawnBetween(mel, settings.floorFrom, settings.floorTo) + kRoughness * at::randn_like(mel);
    return at::logaddexp(mel * 2.0, level * 2.0) / 2.0;
}

/// Sound that dies away at once or, in some samples, slowly.
at::Tensor smeared(const at::Tensor& mel, double share) {
    const at::Tensor room = drawnBetween(mel, 0.0, 0.45);
    const at::Tensor hasRoom = drawnBetween(mel, 0.0, 1.0) < share;
    const std::int64_t rows = mel.size(1) - 1;
    const at::Tensor echo = mel.narrow(1, 0, rows) - 0.36 / (room + 0.25);
    const at::Tensor lasting =
        at::cat({mel.narrow(1, 0, 1), at::maximum(mel.narrow(1, 1, rows), echo)}, 1);
    return at::where(hasRoom, lasting, mel);
}

} // namespace

at::Tensor disturbed(const at::Tensor& mel, const MelAugmentation& settings) {
    at::Tensor x = coloured(warped(mel, settings.warp), settings);
    x = smeared(floored(x, settings), settings.smearShare);
    return x * drawnBetween(x, 1.0 - settings.contrast, 1.0 + settings.contrast) +
           settings.white * at::randn_like(x);
}

at::Tensor speedRows(const at::Tensor& mel, const MelAugmentation& settings) {
    const at::Tensor changed = drawnBetween(mel, 0.0, 1.0) < settings.speedShare;
    const at::Tensor speed =
        at::where(changed, drawnBetween(mel, 1.0 - settings.speed, 1.0 + settings.speed),
                  at::rand({1, 1, 1}, mel.options()) * 0.0 + 1.0)
            .squeeze(-1);
    return (at::arange(mel.size(1), mel.options()) * speed)
        .clamp_max(static_cast<double>(mel.size(1) - 1))
        .round()
        .to(at::kLong);
}

} // namespace gesture::training
