// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/tensor.h"
#include "core/models/networks/body_parts.h"

namespace gesture::models {

/// Does the motion hear the speech (or is it only completed from its neighbours)? Training runs one
/// of its three passes without.
enum class SpeechHints { Heard, Skipped };

/// Are attention weights returned? Then heads are kept apart, which is slower.
enum class Trace { No, Yes };

/// What each generator is given of the motion of a window.
struct MotionContext {
    at::Tensor motion;  ///< (batch, frames, 337)
    at::Tensor mask;    ///< (batch, frames, 337), 1 = hidden, to be generated.
    at::Tensor speaker; ///< (batch, frames), whole numbers.
};

/// A latent of the motion and the speech that it should move with, for the rhythm consistency loss.
struct RhythmPair {
    at::Tensor motion; ///< (batch, tokens, latent)
    at::Tensor speech; ///< (batch, frames, latent)
};

/// What the networks say of a window.
struct GeneratorOutput {
    PartPrediction face; ///< Undefined tensors where a network has no face (SemTalk sparse).
    BodyParts<PartPrediction> body;
    RhythmPair faceRhythm;
    RhythmPair handsRhythm;
};

/// InfoNCE between motion tokens and the speech under them (mean of 4 frames), temperature 0.1,
/// other tokens of the same window as negatives; scalar. Column-wise softmax: the motion token is
/// the class. (SemTalk section "rhythmic consistency"; `semtalk.py` line 148.)
[[nodiscard]] at::Tensor consistencyLoss(const RhythmPair& pair);

/// Mean of each group of 4 frames: (batch, frames, width) to (batch, frames / 4, width).
[[nodiscard]] at::Tensor meanOfTokens(const at::Tensor& frames);

} // namespace gesture::models
