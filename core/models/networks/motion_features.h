// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/basic.h"

#include <optional>
#include <vector>

namespace gesture::models {

/// The network whose features the Fréchet gesture distance compares: the encoder half of a skeleton
/// convolution auto-encoder over whole clips (class `VAESKConv`, file `AESKConv_240_100.bin`).
/// The masks and pooling matrices that follow from the skeleton are in the file. Immutable; any
/// thread.
class MotionFeatures {
public:
    explicit MotionFeatures(TensorSource& source);

    /// Frames of a clip that count: whole multiples of 32.
    [[nodiscard]] static std::int64_t usableFrames(std::int64_t frames) { return frames / 32 * 32; }

    /// (batch, frames, 330): 55 joints as 6-D rotations; frames a multiple of 16. Returns
    /// (batch, frames / 16, 240). The norms see the whole clip: features of a part of a clip differ
    /// from a part of its features.
    [[nodiscard]] at::Tensor operator()(const at::Tensor& rotations) const;

private:
    explicit MotionFeatures(const Scope& scope);

    /// Convolution between joints at most two bones apart.
    struct SkeletonConvolution {
        SkeletonConvolution(const Scope& scope, std::int64_t in, std::int64_t out,
                            std::int64_t kernel, std::int64_t padding);
        [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;

    private:
        at::Tensor weight_; ///< In networks that only run already multiplied by the mask.
        at::Tensor mask_;   ///< Undefined in those.
        at::Tensor bias_;
        std::int64_t padding_;
    };
    struct Layer {
        SkeletonConvolution convolution;
        at::Tensor normWeight, normBias;
        SkeletonConvolution shortcut;
        at::Tensor pooling; ///< (merged channels, channels); undefined where nothing is merged.
    };
    std::vector<Layer> layers_;
};

/// The other half of the auto-encoder, which only its training needs: residual blocks, then four
/// times doubled frames and a convolution. Keys below `decoder.main`.
class MotionFeatureDecoder {
public:
    explicit MotionFeatureDecoder(TensorSource& source);
    /// Features (batch, steps, 240) to rotations (batch, 16 steps, 330).
    [[nodiscard]] at::Tensor operator()(const at::Tensor& features) const;

private:
    struct Residual {
        Convolution first, second;
    };
    std::vector<Residual> residuals_;
    std::vector<Convolution> doublings_;
    Convolution leave_;
};

} // namespace gesture::models
