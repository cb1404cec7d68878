// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/pass.h"
#include "core/models/networks/generator_io.h"
#include "core/models/networks/generator_sizes.h"
#include "training/loop/stage.h"

#include <vector>

namespace gesture::training {

/// The ways in which a batch goes through a generator in training (SemTalk `_g_training`; EchoMask
/// likewise).
enum class MaskPass {
    Seed,    ///< Only the first four frames are visible: what generating is like.
    Unheard, ///< Parts of the motion are hidden, and the motion does not hear the speech.
    Heard,   ///< The same mask, with speech.
};

struct PassSettings {
    /// All three on every batch, as the originals; or one, drawn with these shares (the rest:
    /// Unheard).
    bool onePerStep = false;
    double seedShare = 0.5;
    double heardShare = 0.38;

    /// SemTalk's share of hidden numbers: from `maskFrom` to `maskTo` over the first `maskEpochs`
    /// epochs, or over the first `maskSteps` (a share) of all steps where that is not 0.
    double maskFrom = 0.05;
    double maskTo = 0.35875;
    double maskEpochs = 130.0;
    double maskSteps = 0.0;
};

/// The passes of this step; draws from torch's generator where one is chosen.
[[nodiscard]] std::vector<MaskPass> passesOf(const PassSettings& settings);

/// Share of hidden numbers at this step.
[[nodiscard]] double hiddenShare(const PassSettings& settings, const StepContext& context);

/// Masks for `motion` (batch, frames, channels), 1 = hidden, of its size: all but the first four
/// frames; each number by lot.
[[nodiscard]] at::Tensor seedMask(const at::Tensor& motion);
[[nodiscard]] at::Tensor numberMask(const at::Tensor& motion, double share);

/// Motion, mask and speaker of a batch ("motion", "speaker") as a generator takes them.
[[nodiscard]] models::MotionContext contextOf(const Batch& batch, const at::Tensor& mask);

/// Reads what small networks hear beside the speech: "posteriors" of the batch, where it has
/// "events" of the same channels in half of the windows those, each window by lot and as inexact as
/// an alignment of words is: up to a frame early or late, in a tenth of the windows with wrong
/// words. In evaluation (`Pass::Inference`) the posteriors. Undefined where the network does not
/// want them.
[[nodiscard]] at::Tensor posteriorsOf(const Batch& batch, const models::GeneratorSizes& sizes,
                                      models::Pass pass);

/// Sizes of a generator as a bundle names them; those with the published value are left out.
[[nodiscard]] io::NetworkSizes namedSizes(const models::GeneratorSizes& sizes);

} // namespace gesture::training
