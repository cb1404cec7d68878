// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/rule_take.h"

#include "core/audio/resample.h"
#include "core/gestures/rule_motion.h"
#include "core/inference/clip_frames.h"
#include "core/inference/finish_motion.h"
#include "core/motion/average_skeleton.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace gesture::analysis {

namespace {

Result<gestures::RuleMotionOptions> optionsOf(const inference::GenerateOptions& options) {
    const auto styles = gestures::speakerStyles();
    const auto speaker = static_cast<std::size_t>(std::max(options.speaker, 0));
    if (speaker >= styles.size())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The rules know no speaker {}: there are 0 to {}.",
                                 options.speaker, styles.size() - 1)};
    const auto liveliness = options.idle ? gestures::Liveliness::Full : gestures::Liveliness::None;
    return gestures::RuleMotionOptions{styles[speaker], options.seed, liveliness};
}

} // namespace

Result<inference::RequestSummary> generateByRules(const inference::GenerateRequest& request,
                                                  inference::ResultSink& sink,
                                                  JobControl& control) {
    const auto begin = std::chrono::steady_clock::now();
    const auto options = optionsOf(request.options);
    if (!options) return options.error();
    const auto speech =
        audio::readSpeech(request.speech.audio, audio::SpeechPath::Correct, control);
    if (!speech) return speech.error();
    auto clip =
        gestures::makeRuleMotion(speech->speech16k, request.speech.transcript, *options, control);
    if (!clip) return std::move(clip).error();
    auto frames = inference::framesOf(*clip);
    if (!frames) return std::move(frames).error();
    auto finished = inference::finishMotion(std::move(*frames), request.options,
                                            motion::averageRestJoints(), control);
    if (!finished) return std::move(finished).error();
    sink.motion({{0}, {finished->count()}, *finished});
    sink.note({"Made by rules, without a network."});
    inference::RequestSummary summary;
    summary.frames = finished->count();
    summary.device = kRules;
    summary.threads = 1;
    summary.speechHash = audio::speechHash(*speech);
    summary.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    summary.stages.emplace_back("rules", summary.seconds);
    return summary;
}

} // namespace gesture::analysis
