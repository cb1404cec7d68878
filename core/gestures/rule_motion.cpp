// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/rule_motion.h"

#include "core/audio/features/speech_analysis.h"
#include "core/gestures/arm_score.h"
#include "core/gestures/body_maker.h"
#include "core/gestures/idle_motion.h"
#include "core/gestures/mouth.h"
#include "core/gestures/prominence.h"
#include "core/gestures/spoken.h"
#include "core/motion/average_skeleton.h"

#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace gesture::gestures {

namespace {

constexpr double kHundredths = 100.0;

/// The speech of a recording as the rules see it, and the accents in it.
struct HeardSpeech {
    SpokenText text;
    std::vector<Accent> accents;
};

/// Stretches of speech between pauses of half a second, from values each hundredth of a second.
std::vector<TimeSpan> spokenStretches(std::span<const std::uint8_t> voiced) {
    std::vector<TimeSpan> stretches;
    for (std::size_t i = 0; i < voiced.size(); ++i) {
        if (voiced[i] == 0) continue;
        const Seconds begin{static_cast<double>(i) / kHundredths};
        const Seconds end{static_cast<double>(i + 1) / kHundredths};
        if (!stretches.empty() && begin.value - stretches.back().end.value < 0.5)
            stretches.back().end = end;
        else
            stretches.push_back({begin, end});
    }
    return stretches;
}

Result<HeardSpeech> hear(const audio::Sound& speech, const audio::Transcript& transcript,
                         JobControl& control) {
    HeardSpeech heard;
    heard.text = spokenText(transcript, speech.duration());
    if (!heard.text.words.empty()) {
        heard.accents = accentsOfWords(heard.text, speech);
        return heard;
    }
    auto analysis = audio::analyseSpeech(speech, control);
    if (!analysis) return std::move(analysis).error();
    heard.text.sentences = spokenStretches(analysis->speech);
    heard.accents = accentsOfSound(speech, analysis->speech);
    return heard;
}

std::vector<GestureEvent> eventsOf(const HeardSpeech& heard, const RuleMotionOptions& options) {
    return chooseEvents(heard.text, heard.accents, options.style, LexiconUse::WhenStressed);
}

Result<std::size_t> framesFor(const audio::Sound& speech) {
    const double frames = std::floor(speech.duration().value * kFramesPerSecond + 1e-6);
    if (frames < 1.0)
        return Error{ErrorCode::InvalidInput,
                     "The speech is shorter than one frame of motion (a thirtieth of a second)."};
    if (frames > static_cast<double>(motion::Clip::kMaxFrames))
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("The speech is {:.1f} hours long; at most {} frames of motion are "
                                 "made. Divide it.",
                                 speech.duration().value / 3600.0, motion::Clip::kMaxFrames)};
    return static_cast<std::size_t>(frames);
}

} // namespace

Result<std::vector<GestureEvent>> findGestures(const audio::Sound& speech,
                                               const audio::Transcript& transcript,
                                               const RuleMotionOptions& options,
                                               JobControl& control) {
    auto heard = hear(speech, transcript, control);
    if (!heard) return std::move(heard).error();
    return eventsOf(*heard, options);
}

Result<motion::Clip> makeRuleMotion(const audio::Sound& speech, const audio::Transcript& transcript,
                                    const RuleMotionOptions& options, JobControl& control) {
    const auto frames = framesFor(speech);
    if (!frames) return frames.error();
    auto heard = hear(speech, transcript, control);
    if (!heard) return std::move(heard).error();
    const std::vector<GestureEvent> events = eventsOf(*heard, options);
    const std::vector<double> loudness = voiceLoudness(speech, *frames);
    const std::vector<MouthPose> mouths = heard->text.phones.empty()
                                              ? mouthOfLoudness(loudness)
                                              : mouthOfPhones(heard->text.phones, *frames);
    const std::vector<FacePose> faces = facePoses(mouths, loudness, events);
    const CounterRandom random(options.seed);
    auto made = makeBody({events, heard->text.sentences, faces, options.style, random}, control);
    if (!made) return std::move(made).error();
    if (options.liveliness == Liveliness::None) return std::move(made->clip);
    return addIdleMotion(made->clip, motion::averageRestJoints(), random, control);
}

} // namespace gesture::gestures
