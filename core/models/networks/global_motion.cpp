// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/global_motion.h"

#include <string>

namespace gesture::models {

namespace {

constexpr int kConvolutions = 4;

} // namespace

at::Tensor GlobalMotion::Residual::operator()(const at::Tensor& x) const {
    return x + second(leakyRelu(first(x)));
}

GlobalMotion::Residual GlobalMotion::residual(const Scope& scope, std::int64_t width) {
    return {Convolution::smoothing(scope / "model" / "0", width, width),
            Convolution::smoothing(scope / "model" / "2", width, width)};
}

GlobalMotion::GlobalMotion(TensorSource& source, const GlobalMotionSizes& sizes)
    : GlobalMotion(Scope(source), sizes) {}

GlobalMotion::GlobalMotion(const Scope& scope, const GlobalMotionSizes& sizes) {
    const std::int64_t width = sizes.width;
    const Scope encoder = scope / "encoder" / "main";
    for (int i = 0; i < kConvolutions; ++i) {
        down_.push_back(Convolution::smoothing(encoder / std::to_string(3 * i),
                                               i == 0 ? sizes.channels : width, width));
        downResiduals_.push_back(residual(encoder / std::to_string(3 * i + 2), width));
    }
    const Scope decoder = scope / "decoder" / "main";
    for (int i = 0; i < 2; ++i)
        upResiduals_.push_back(residual(decoder / std::to_string(i), width));
    for (int i = 0; i < kConvolutions; ++i)
        up_.push_back(Convolution::smoothing(decoder / std::to_string(2 + 2 * i), width,
                                             i + 1 < kConvolutions ? width : sizes.channels));
    up_.push_back(Convolution::smoothing(decoder / std::to_string(2 + 2 * kConvolutions),
                                         sizes.channels, sizes.channels));
}

at::Tensor GlobalMotion::operator()(const at::Tensor& lower) const {
    at::Tensor x = lower.transpose(1, 2);
    for (std::size_t i = 0; i < down_.size(); ++i)
        x = downResiduals_[i](leakyRelu(down_[i](x)));
    for (const Residual& block : upResiduals_)
        x = block(x);
    for (std::size_t i = 0; i + 1 < up_.size(); ++i)
        x = leakyRelu(up_[i](x));
    return up_.back()(x).transpose(1, 2);
}

} // namespace gesture::models
