// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/clip_resample.h"

#include "core/motion/rotation_blend.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <span>
#include <utility>

namespace gesture::interchange {

namespace {

constexpr double kSameFrame = 1e-6;
constexpr int kAddOnRate = 30;

/// Where a sample lies between two frames of the clip.
struct Place {
    std::int64_t before = 0;
    std::int64_t after = 0;
    double share = 0;
};

Place placeOf(std::int64_t sample, FrameRange range, double framesPerSample) {
    const double position = static_cast<double>(sample) * framesPerSample;
    const std::int64_t last = range.length() - 1;
    const auto frame = std::min(static_cast<std::int64_t>(std::floor(position + kSameFrame)), last);
    const double share = position - static_cast<double>(frame);
    const bool exact = share < kSameFrame || frame == last;
    return {range.begin.value + frame, range.begin.value + (exact ? frame : frame + 1),
            exact ? 0.0 : share};
}

void appendBlend(std::span<const float> before, std::span<const float> after, double share,
                 std::vector<float>& out) {
    for (std::size_t i = 0; i < before.size(); ++i)
        out.push_back(share > 0 ? before[i] + static_cast<float>(share) * (after[i] - before[i])
                                : before[i]);
}

void appendPose(const motion::Clip& clip, const Place& place, std::vector<float>& out) {
    const auto before = clip.pose({place.before});
    const auto after = clip.pose({place.after});
    const std::size_t start = out.size();
    out.resize(start + motion::kPoseSize);
    for (std::size_t i = 0; i < motion::kPoseSize; i += 3)
        motion::blendRotation(std::span<const float, 3>(before.data() + i, 3),
                              std::span<const float, 3>(after.data() + i, 3), place.share,
                              std::span<float, 3>(out.data() + start + i, 3));
}

} // namespace

Result<motion::Clip> resampledClip(const motion::Clip& clip, FrameRange range, FrameRate rate) {
    if (range.empty() || range.begin.value < 0 || range.end.value > clip.frameCount())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The motion has frames 0 to {}; {} to {} was asked for.",
                                 clip.frameCount() - 1, range.begin.value, range.end.value - 1)};
    const double framesPerSample = clip.rate().perSecond() / rate.perSecond();
    const auto samples =
        static_cast<std::int64_t>(
            std::floor(static_cast<double>(range.length() - 1) / framesPerSample + kSameFrame)) +
        1;
    motion::Clip::Data data;
    for (std::int64_t sample = 0; sample < samples; ++sample) {
        const Place place = placeOf(sample, range, framesPerSample);
        appendPose(clip, place, data.poses);
        appendBlend(clip.translation({place.before}), clip.translation({place.after}), place.share,
                    data.translations);
        appendBlend(clip.expression({place.before}), clip.expression({place.after}), place.share,
                    data.expressions);
    }
    data.betas.assign(clip.betas().begin(), clip.betas().end());
    data.rate = rate;
    data.expressionSpace = clip.expressionSpace();
    data.gender = clip.gender();
    data.model = clip.model();
    return motion::Clip::create(std::move(data));
}

FrameRate motionFileRate(FrameRate wanted) {
    const bool multiple = wanted.denominator == 1 && wanted.numerator % kAddOnRate == 0;
    return multiple ? wanted : FrameRate{kAddOnRate, 1};
}

} // namespace gesture::interchange
