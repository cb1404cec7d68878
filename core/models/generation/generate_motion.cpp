// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/generate_motion.h"

#include "core/inference/finish_motion.h"
#include "core/models/generation/added_idle.h"
#include "core/models/generation/motion_rows.h"
#include "core/models/generation/motion_track.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/representation.h"

#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace gesture::models {

namespace {

using inference::GenerateRequest;
using inference::MotionFrames;
using inference::WindowRules;
using motion::BodyPart;

bool changesAtTheEnd(const LoadedBundle& bundle, const inference::GenerateOptions& options) {
    return options.smooth || options.root != inference::RootMotion::Full ||
           addsIdle(bundle, options);
}

/// The frames that seed the first window, with contacts.
Result<MotionFrames> startPoseOf(const LoadedBundle& bundle, const GenerateRequest& request,
                                 std::int64_t seedFrames) {
    MotionFrames pose = request.startPose.count() > 0 ? request.startPose : bundle.startPose;
    if (pose.count() == 0)
        return Error{ErrorCode::InvalidInput,
                     "The bundle has no start pose: give one with --start-pose (any motion file)."};
    if (pose.count() < seedFrames)
        return Error{
            ErrorCode::InvalidInput,
            fmt::format("The start pose has {} frames; {} are needed.", pose.count(), seedFrames)};
    pose = withFacesOf(bundle.bundle.manifest.expressions, sliceOf(pose, {{0}, {seedFrames}}));
    if (pose.contacts.empty())
        pose.contacts.assign(static_cast<std::size_t>(seedFrames) * motion::kContactCount, 1.0F);
    return pose;
}

/// One request's way through its windows.
class Generation {
public:
    Generation(const LoadedBundle& bundle, const SpeechFeatures& speech,
               const GenerateRequest& request, inference::ResultSink& sink)
        : bundle_(bundle)
        , codec_(*bundle.codec)
        , request_(request)
        , sink_(sink)
        , sizes_(windowSizesOf(bundle))
        , session_(bundle.generator->hear(speech, *bundle.reader, codec_)) {}

    Result<MotionFrames> run(std::int64_t speechFrames, MotionFrames seed, std::int64_t speaker,
                             JobControl& control) {
        const auto plan = inference::planGeneration(speechFrames, sizes_, request_.options.rules);
        if (!plan) return plan.error();
        std::copy_n(seed.translations.begin(), 3, start_.begin());
        MotionTrack track(codec_, start_);
        const CodeChoice choice{request_.options.sampling, request_.options.seed,
                                request_.options.semanticThreshold, speaker};
        control.beginStage("Generating motion", static_cast<std::int64_t>(plan->windows.size()));
        for (std::size_t i = 0; i < plan->windows.size(); ++i) {
            if (control.stopRequested()) return JobControl::cancelled("Generating motion");
            const inference::GenerationWindow& window = plan->windows[i];
            const WindowCodes codes = session_->generate(inputOf(window, seed), choice);
            const std::int64_t settled = keep(window, codes, track);
            const bool last = i + 1 == plan->windows.size();
            const inference::MotionChunk chunk =
                last ? track.decode({}, plan->frames) : track.decode(settled, plan->frames);
            overwrite(whole_, chunk.begin, chunk.frames);
            send(chunk);
            if (!last) seed = nextSeed(codes, plan->windows[i + 1]);
            control.advanceTo(static_cast<std::int64_t>(i) + 1);
        }
        whole_.expressionSpace = bundle_.bundle.manifest.expressions;
        return std::move(whole_);
    }

private:
    [[nodiscard]] WindowInput inputOf(const inference::GenerationWindow& window,
                                      const MotionFrames& seed) const {
        const std::int64_t frames = window.frames.length();
        WindowInput input;
        input.begin = window.frames.begin.value;
        input.motion = at::zeros({frames, motion::kMotionChannels});
        input.mask = at::ones({frames, motion::kMotionChannels});
        const std::int64_t seeded = std::min(sizes_.seed, frames);
        const RestRule rest = referenceSeeds() && !codec_.choosesFaceByLatent() && input.begin > 0
                                  ? RestRule::FaceAtRest
                                  : RestRule::AsIs;
        input.motion.narrow(0, 0, seeded).copy_(wholeMotionRows(seed, {{0}, {seeded}}, rest));
        input.mask.narrow(0, 0, seeded).zero_();
        return input;
    }

    [[nodiscard]] bool referenceSeeds() const {
        return request_.options.rules == WindowRules::Reference;
    }

    /// Frames that smoothing, the root's rule or idle motion will still change are never final.
    void send(inference::MotionChunk chunk) {
        if (changesAtTheEnd(bundle_, request_.options)) chunk.finalEnd = {0};
        chunk.frames.expressionSpace = bundle_.bundle.manifest.expressions;
        sink_.motion(chunk);
    }

    /// Takes over the tokens that are the window's own, and for the time being those behind them,
    /// from which the next window begins. Returns the number of tokens that stay.
    std::int64_t keep(const inference::GenerationWindow& window, const WindowCodes& codes,
                      MotionTrack& track) {
        const std::int64_t begin = window.fresh.begin.value / sizes_.framesPerToken;
        inference::PerPart<at::Tensor> known;
        for (const BodyPart part : kCodedParts) {
            known[part] = codes.motion[part].slice(0, window.kept.begin);
            sink_.tokens(keptChunk(part, begin, window.kept, codes));
        }
        track.setCodes(begin, known);
        const std::int64_t settled = begin + window.kept.length();
        if (codes.score.empty()) return settled;
        const auto range = [&](const auto& values) {
            return std::vector(values.begin() + window.kept.begin,
                               values.begin() + window.kept.end);
        };
        sink_.semantic({begin, static_cast<int>(sizes_.framesPerToken), range(codes.score),
                        range(codes.chosen)});
        return settled;
    }

    [[nodiscard]] inference::TokenChunk keptChunk(BodyPart part, std::int64_t begin,
                                                  inference::TokenRange kept,
                                                  const WindowCodes& codes) const {
        inference::TokenChunk chunk =
            tokenChunk(part, codec_, codes.codes[part].narrow(0, kept.begin, kept.length()), begin);
        const std::vector<float>& confidence = codes.confidence[part];
        const std::vector<float>& entropy = codes.entropy[part];
        chunk.confidence.assign(confidence.begin() + kept.begin, confidence.begin() + kept.end);
        chunk.entropy.assign(entropy.begin() + kept.begin, entropy.begin() + kept.end);
        return chunk;
    }

    /// The frames that the next window begins with.
    [[nodiscard]] MotionFrames nextSeed(const WindowCodes& codes,
                                        const inference::GenerationWindow& next) const {
        if (referenceSeeds()) return referenceSeed(codec_, codes.motion, start_, sizes_.seed);
        const FrameIndex begin = next.frames.begin;
        return sliceOf(whole_, {begin, begin + sizes_.seed});
    }

    const LoadedBundle& bundle_;
    const MotionCodec& codec_;
    const GenerateRequest& request_;
    inference::ResultSink& sink_;
    inference::WindowSizes sizes_;
    std::unique_ptr<WindowGenerator::Session> session_;
    std::array<float, 3> start_{};
    MotionFrames whole_;
};

} // namespace

inference::WindowSizes windowSizesOf(const LoadedBundle& bundle) {
    inference::WindowSizes sizes =
        bundle.codec->framesPerToken() == 1 ? inference::kEmageWindows : inference::kTokenWindows;
    sizes.window = bundle.generator->window();
    return sizes;
}

Result<std::int64_t> speakerOf(const LoadedBundle& bundle, int wanted) {
    const std::int64_t count = bundle.generator->speakers();
    const std::int64_t speaker =
        wanted < 0 ? std::min(bundle.bundle.manifest.defaultSpeaker, count - 1) : wanted;
    if (speaker >= count)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Speaker {} is not in the bundle, which knows 0 to {}.", speaker,
                                 count - 1)};
    return speaker;
}

Result<MotionFrames> generateMotion(const LoadedBundle& bundle, const SpeechFeatures& speech,
                                    const GenerateRequest& request, inference::ResultSink& sink,
                                    JobControl& control) {
    const auto speaker = speakerOf(bundle, request.options.speaker);
    if (!speaker) return speaker.error();
    auto seed = startPoseOf(bundle, request, windowSizesOf(bundle).seed);
    if (!seed) return std::move(seed).error();
    Generation generation(bundle, speech, request, sink);
    auto made = generation.run(speech.frames, std::move(*seed), *speaker, control);
    if (!made || !changesAtTheEnd(bundle, request.options)) return made;
    auto finished = inference::finishMotion(std::move(*made), request.options,
                                            motion::averageRestJoints(), control);
    if (finished) finished = withIdle(bundle, request.options, std::move(*finished), control);
    if (finished) sink.motion({{0}, {finished->count()}, *finished});
    return finished;
}

} // namespace gesture::models
