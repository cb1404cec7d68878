// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/basic.h"

#include <vector>

namespace gesture::models {

/// Sizes of the small speech encoder; the defaults are those of the demo bundle (912,234
/// parameters, heads included).
struct LogMelSpeechEncoderSizes {
    std::int64_t bands = 80;
    std::int64_t width = 160;
    std::int64_t inner = 320;  ///< Between the two linear maps of a block.
    std::int64_t kernel = 7;   ///< Of the depth-wise convolutions, odd.
    std::int64_t inKernel = 5; ///< Of the first convolution, odd.
    std::vector<std::int64_t> dilations = {1, 1, 2, 4, 1, 2, 4, 8}; ///< One a block.
    std::int64_t lowBlock = 4;      ///< The block whose output is the "low" stream.
    std::int64_t phones = 41;       ///< Classes of the phone head: pause, then the phones.
    std::int64_t lexiconWords = 31; ///< Classes of the lexicon head: none, then the words.
};

/// The speech encoder of the demo bundle, in HuBERT's place: a convolution, residual blocks of
/// normalisation, depth-wise convolution and two linear maps, a last normalisation; four heads say
/// what is heard, for its training and for display. Keys, with N from 0:
///   `conv_in` (width, bands, inKernel) · `blocks.N.norm` · `blocks.N.depthwise` (width, 1, kernel)
///   · `blocks.N.widen` (inner, width) · `blocks.N.narrow` (width, inner) · `norm_out` ·
///   `heads.phone`, `heads.stress`, `heads.apex`, `heads.lexicon`;
/// each with `weight` and `bias`. Immutable; any thread.
class LogMelSpeechEncoder {
public:
    LogMelSpeechEncoder(TensorSource& source, const LogMelSpeechEncoderSizes& sizes);

    struct Features {
        at::Tensor high; ///< (batch, frames, width): after the last normalisation.
        at::Tensor low;  ///< (batch, frames, width): after block `lowBlock`.
    };
    /// `logMel` (batch, frames, bands): `audio::speechLogMel`, 50 frames a second.
    [[nodiscard]] Features operator()(const at::Tensor& logMel, Pass pass) const;

    /// What is heard in each frame, as logits.
    struct Labels {
        at::Tensor phone;   ///< (batch, frames, phones)
        at::Tensor stress;  ///< (batch, frames): in a stressed syllable.
        at::Tensor apex;    ///< (batch, frames): near the apex of a gesture.
        at::Tensor lexicon; ///< (batch, frames, lexiconWords)
    };
    [[nodiscard]] Labels labels(const at::Tensor& high) const;

    /// (…, width) high features, also between frames, to probabilities (…, 2 + lexiconWords):
    /// stress, apex, and which word.
    [[nodiscard]] at::Tensor posteriors(const at::Tensor& high) const;

    [[nodiscard]] const LogMelSpeechEncoderSizes& sizes() const { return sizes_; }

private:
    LogMelSpeechEncoder(const Scope& scope, const LogMelSpeechEncoderSizes& sizes);

    struct Block {
        Block(const Scope& scope, const LogMelSpeechEncoderSizes& sizes, std::int64_t dilation);

        LayerNorm norm;
        Convolution depthwise;
        Linear widen, narrow;
    };
    [[nodiscard]] static at::Tensor run(const Block& block, const at::Tensor& x, Pass pass);

    LogMelSpeechEncoderSizes sizes_;
    Convolution in_;
    std::vector<Block> blocks_;
    LayerNorm norm_;
    Linear phone_, stress_, apex_, lexicon_;
};

/// Frame rates, per second.
struct FeatureRates {
    double features = 50.0; ///< Feature i belongs to the moment i / features.
    double motion = 30.0;   ///< Motion frame i lasts from i to i + 1, its centre is i + 1/2.
};

/// (batch, features, channels) at the centres of `motionFrames` frames, interpolated linearly;
/// beyond the first and last feature, that feature. (batch, motionFrames, channels)
[[nodiscard]] at::Tensor atMotionFrames(const at::Tensor& features, std::int64_t motionFrames,
                                        const FeatureRates& rates = {});

} // namespace gesture::models
