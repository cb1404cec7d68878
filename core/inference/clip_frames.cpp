// SPDX-License-Identifier: Apache-2.0
#include "core/inference/clip_frames.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace gesture::inference {

namespace {

constexpr FrameRate kEngineRate{30, 1};

} // namespace

Result<MotionFrames> framesOf(const motion::Clip& clip) {
    if (!(clip.rate() == kEngineRate))
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The motion has {:.3f} frames a second; the networks work at 30.",
                                 clip.rate().perSecond())};
    MotionFrames frames;
    frames.poses.assign(clip.poses().begin(), clip.poses().end());
    frames.translations.assign(clip.translations().begin(), clip.translations().end());
    frames.expressions.assign(clip.expressions().begin(), clip.expressions().end());
    frames.expressionSpace = clip.expressionSpace();
    return frames;
}

MotionFrames firstFrames(const motion::Clip& clip, int count) {
    MotionFrames frames;
    frames.expressionSpace = clip.expressionSpace();
    const auto add = [](std::vector<float>& values, auto more) {
        values.insert(values.end(), more.begin(), more.end());
    };
    for (int i = 0; i < count; ++i) {
        const FrameIndex frame{std::min<std::int64_t>(i, clip.frameCount() - 1)};
        add(frames.poses, clip.pose(frame));
        add(frames.translations, clip.translation(frame));
        add(frames.expressions, clip.expression(frame));
    }
    return frames;
}

Result<motion::Clip> clipOf(const MotionFrames& frames, const motion::Clip* like) {
    motion::Clip::Data data;
    data.poses = frames.poses;
    data.translations = frames.translations;
    data.expressions = frames.expressions;
    data.rate = kEngineRate;
    data.expressionSpace = frames.expressionSpace;
    if (like != nullptr) {
        data.betas.assign(like->betas().begin(), like->betas().end());
        data.gender = like->gender();
        data.model = like->model();
    }
    return motion::Clip::create(std::move(data));
}

} // namespace gesture::inference
