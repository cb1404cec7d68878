// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/motion_input.h"

#include <ATen/ops/where.h>

#include <string>

namespace gesture::models {

MotionEncoder::MotionEncoder(const Scope& scope, std::int64_t channels, std::int64_t width) {
    const Scope main = scope / "main";
    for (int stage = 0; stage < 3; ++stage) {
        const Scope block = main / std::to_string(3 * stage + 2) / "model";
        stages_.push_back({Convolution::smoothing(main / std::to_string(3 * stage),
                                                  stage == 0 ? channels : width, width),
                           Convolution::smoothing(block / "0", width, width),
                           Convolution::smoothing(block / "2", width, width)});
    }
}

at::Tensor MotionEncoder::operator()(const at::Tensor& motion) const {
    at::Tensor x = motion.transpose(1, 2);
    for (const Stage& stage : stages_) {
        x = leakyRelu(stage.enter(x));
        x = x + stage.second(leakyRelu(stage.first(x)));
    }
    return x.transpose(1, 2);
}

MotionInput::MotionInput(const Scope& scope, const GeneratorSizes& sizes)
    : maskEmbedding_(scope.parameter("mask_embeddings", {1, 1, sizes.motion}))
    , encoder_(scope / "motion_encoder", sizes.motion, sizes.latent) {
    if (sizes.normalised) norm_.emplace(scope / "channel_norm", sizes.motion);
}

at::Tensor MotionInput::operator()(const at::Tensor& motion, const at::Tensor& mask) const {
    const at::Tensor known = norm_ ? norm_->apply(motion) : motion;
    return encoder_(at::where(mask == 1, maskEmbedding_, known));
}

} // namespace gesture::models
