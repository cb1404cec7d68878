// SPDX-License-Identifier: Apache-2.0
#include "core/motion/low_pass.h"

#include "core/base/assert.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::motion {

namespace {

/// A value of one channel; beyond the ends reflected through the end point.
double reflected(std::span<const float> values, std::size_t channels, std::size_t channel,
                 std::int64_t frame) {
    const auto frames = static_cast<std::int64_t>(values.size() / channels);
    const auto at = [&](std::int64_t index) {
        return static_cast<double>(values[static_cast<std::size_t>(index) * channels + channel]);
    };
    const std::int64_t last = frames - 1;
    if (frame < 0) return 2.0 * at(0) - at(std::min(-frame, last));
    if (frame > last) return 2.0 * at(last) - at(std::max<std::int64_t>(2 * last - frame, 0));
    return at(frame);
}

} // namespace

LowPass::LowPass(double cutoffHertz, FrameRate rate) {
    GESTURE_ASSERT(cutoffHertz > 0.0);
    constexpr double kReach = 4.0; // standard deviations
    const double framesPerCycle = std::min(1e4, rate.perSecond() / cutoffHertz);
    const double deviation =
        std::sqrt(std::numbers::ln2) / (2.0 * std::numbers::pi) * framesPerCycle;
    const auto reach = static_cast<int>(std::ceil(kReach * deviation));
    double sum = 0.0;
    for (int k = 0; k <= reach; ++k) {
        weights_.push_back(std::exp(-0.5 * (k / deviation) * (k / deviation)));
        sum += (k == 0 ? 1.0 : 2.0) * weights_.back();
    }
    for (double& weight : weights_) {
        weight /= sum;
    }
}

std::vector<float> LowPass::operator()(std::span<const float> values, std::size_t channels) const {
    GESTURE_ASSERT(channels > 0 && values.size() % channels == 0);
    const auto frames = static_cast<std::int64_t>(values.size() / channels);
    std::vector<float> smooth(values.size());
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        for (std::size_t c = 0; c < channels; ++c) {
            double sum = weights_[0] * reflected(values, channels, c, frame);
            for (std::size_t k = 1; k < weights_.size(); ++k) {
                const auto away = static_cast<std::int64_t>(k);
                sum += weights_[k] * (reflected(values, channels, c, frame - away) +
                                      reflected(values, channels, c, frame + away));
            }
            smooth[static_cast<std::size_t>(frame) * channels + c] = static_cast<float>(sum);
        }
    }
    return smooth;
}

} // namespace gesture::motion
