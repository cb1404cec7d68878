// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/analyse_motion.h"

#include "core/models/generation/generate_motion.h"
#include "core/models/generation/motion_rows.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/foot_contact.h"
#include "core/motion/forward_kinematics.h"
#include "core/motion/representation.h"

#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <span>
#include <vector>

namespace gesture::models {

namespace {

using inference::MotionFrames;
using motion::BodyPart;

/// Windows that are looked at together: taller products, and still little memory.
constexpr std::size_t kWindowsAtOnce = 4;

/// First frames of windows that cover `frames`, the last one ending with the motion where it can.
std::vector<std::int64_t> windowBegins(std::int64_t frames, std::int64_t window, std::int64_t hop) {
    std::vector<std::int64_t> begins{0};
    while (begins.back() + window < frames)
        begins.push_back(std::min(begins.back() + hop, std::max<std::int64_t>(0, frames - window)));
    return begins;
}

/// A window of finished motion; behind its end the last frame is repeated.
WindowInput seenWindow(const at::Tensor& rows, std::int64_t begin, std::int64_t window) {
    return {begin, windowRows(rows, begin, window), at::zeros({window, motion::kMotionChannels})};
}

/// The codes of a motion, with how likely the networks find them: each window shows its first
/// frames and hides the others, as when motion is made.
class TokenRating {
public:
    TokenRating(const LoadedBundle& bundle, const MotionFrames& motion, const at::Tensor& rows)
        : codec_(*bundle.codec)
        , sizes_(windowSizesOf(bundle))
        , rows_(rows)
        , tokens_(motion.count() / sizes_.framesPerToken) {
        if (tokens_ == 0) return;
        const FrameRange all{{0}, {tokens_ * sizes_.framesPerToken}};
        for (const BodyPart part : kCodedParts)
            codes_[part] = codec_.encode(part, partRows(part, motion, all));
    }

    [[nodiscard]] std::int64_t windows() const {
        const std::int64_t step = sizes_.hop() / sizes_.framesPerToken;
        const std::int64_t shared = sizes_.seed / sizes_.framesPerToken;
        return tokens_ == 0 ? 0 : 1 + std::max<std::int64_t>(0, tokens_ - shared - 1) / step;
    }

    /// Rates what window `index` is the first to hold, and sends it.
    void rate(std::int64_t index, WindowGenerator::Session& session, std::int64_t speaker,
              inference::ResultSink& sink) const {
        const std::int64_t step = sizes_.framesPerToken;
        const std::int64_t begin = index * sizes_.hop() / step;
        const std::int64_t shared = index == 0 ? 0 : sizes_.seed / step;
        const std::int64_t end = std::min(tokens_, begin + sizes_.window / step);
        CodeChoice choice;
        choice.speaker = speaker;
        const WindowCodes rated = session.generate(windowAt(begin, end), choice);
        for (const BodyPart part : kCodedParts) {
            inference::TokenChunk chunk = tokenChunk(
                part, codec_, codes_[part].slice(0, begin + shared, end), begin + shared);
            const auto of = [&](const std::vector<float>& values) {
                return std::vector(values.begin() + shared, values.begin() + (end - begin));
            };
            chunk.confidence = of(rated.confidence[part]);
            chunk.entropy = of(rated.entropy[part]);
            sink.tokens(chunk);
        }
    }

private:
    [[nodiscard]] WindowInput windowAt(std::int64_t begin, std::int64_t end) const {
        const std::int64_t frame = begin * sizes_.framesPerToken;
        WindowInput window{frame, windowRows(rows_, frame, sizes_.window),
                           at::ones({sizes_.window, motion::kMotionChannels})};
        window.mask.slice(0, 0, sizes_.seed).zero_();
        const std::int64_t missing = sizes_.window / sizes_.framesPerToken - (end - begin);
        for (const BodyPart part : kCodedParts)
            window.given[part] =
                at::constant_pad_nd(codes_[part].slice(0, begin, end), {0, 0, 0, missing});
        return window;
    }

    const MotionCodec& codec_;
    inference::WindowSizes sizes_;
    const at::Tensor& rows_;
    std::int64_t tokens_;
    inference::PerPart<at::Tensor> codes_;
};

/// The score of the tokens of `range` that the window at its begin holds, and none before it did.
void sendScore(WindowGenerator::Session& session, FrameRange range, std::int64_t speaker,
               const inference::WindowSizes& sizes, inference::ResultSink& sink) {
    const std::int64_t begin = range.begin.value;
    std::vector<float> score = session.score(begin, speaker);
    if (score.empty()) return;
    const std::int64_t step = sizes.framesPerToken;
    score.resize(
        std::min(score.size(), static_cast<std::size_t>((range.length() + step - 1) / step)));
    const std::int64_t shared = begin == 0 ? 0 : sizes.seed / sizes.framesPerToken;
    inference::SemanticChunk chunk;
    chunk.begin = begin / sizes.framesPerToken + shared;
    chunk.framesPerToken = static_cast<int>(sizes.framesPerToken);
    chunk.score.assign(score.begin() + shared, score.end());
    for (const float value : chunk.score)
        chunk.chosen.push_back(value > 0.5F ? 1 : 0);
    sink.semantic(chunk);
}

} // namespace

void addContacts(MotionFrames& frames) {
    if (!frames.contacts.empty()) return;
    std::vector<float> joints;
    joints.reserve(static_cast<std::size_t>(frames.count()) * 3 * motion::kJointCount);
    for (std::size_t f = 0; f < static_cast<std::size_t>(frames.count()); ++f) {
        const std::span<const float, motion::kPoseSize> pose(
            frames.poses.data() + f * motion::kPoseSize, motion::kPoseSize);
        const float* translation = frames.translations.data() + 3 * f;
        const motion::SkeletonPose posed =
            motion::forwardKinematics(motion::localRotations(pose), motion::averageRestJoints(),
                                      {translation[0], translation[1], translation[2]});
        for (const Eigen::Vector3f& position : posed.positions)
            joints.insert(joints.end(), position.data(), position.data() + 3);
    }
    frames.contacts = motion::footContacts(joints);
}

Status analyseMotion(const LoadedBundle& bundle, const SpeechFeatures& speech,
                     const inference::AnalyseRequest& request, const MotionFrames& motion,
                     inference::ResultSink& sink, JobControl& control) {
    const auto speaker = speakerOf(bundle, request.speaker);
    if (!speaker) return speaker.error();
    const inference::WindowSizes sizes = windowSizesOf(bundle);
    const auto session = bundle.generator->hear(speech, *bundle.reader, *bundle.codec);
    const at::Tensor rows = wholeMotionRows(motion, {{0}, {motion.count()}});
    const TokenRating rating(bundle, motion, rows);
    control.beginStage("Rating tokens", rating.windows());
    for (std::int64_t window = 0; window < rating.windows(); ++window) {
        if (control.stopRequested()) return JobControl::cancelled("Analysing");
        rating.rate(window, *session, *speaker, sink);
        control.advanceTo(window + 1);
    }
    const std::vector<std::int64_t> begins =
        windowBegins(motion.count(), sizes.window, std::max(1, request.hop));
    control.beginStage("Looking at attention", static_cast<std::int64_t>(begins.size()));
    for (std::size_t first = 0; first < begins.size(); first += kWindowsAtOnce) {
        if (control.stopRequested()) return JobControl::cancelled("Analysing");
        std::vector<WindowInput> windows;
        for (std::size_t i = first; i < std::min(first + kWindowsAtOnce, begins.size()); ++i)
            windows.push_back(seenWindow(rows, begins[i], sizes.window));
        for (const auto& seen : session->attention(windows, *speaker))
            sink.attention(seen);
        control.advanceTo(static_cast<std::int64_t>(first + windows.size()));
    }
    for (std::int64_t begin = 0; begin == 0 || begin + sizes.seed < motion.count();
         begin += sizes.hop()) {
        if (control.stopRequested()) return JobControl::cancelled("Analysing");
        sendScore(*session, {{begin}, {motion.count()}}, *speaker, sizes, sink);
    }
    return Status::success();
}

} // namespace gesture::models
