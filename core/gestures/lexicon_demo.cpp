// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/lexicon_demo.h"

#include "core/gestures/arm_score.h"
#include "core/gestures/lexicon.h"

#include <utility>

namespace gesture::gestures {

Result<LexiconDemo> makeLexiconDemo(const SpeakerStyle& style, JobControl& control) {
    constexpr double kFirst = 1.5;
    constexpr double kBetween = 2.4; // Seconds: the hands come home, but not to rest.
    std::vector<GestureEvent> events;
    for (std::size_t entry = 0; entry < lexicon().size(); ++entry) {
        GestureEvent event;
        event.entry = entry;
        event.apex = {kFirst + kBetween * static_cast<double>(entry)};
        event.prominence = 1.0;
        event.word = lexicon()[entry].words.front();
        events.push_back(std::move(event));
    }
    timeEvents(events, style);
    const double seconds = events.back().apex.value + 3.0;
    const std::vector<double> silence(static_cast<std::size_t>(seconds * kFramesPerSecond), 0.0);
    const std::vector<MouthPose> mouths(silence.size());
    const std::vector<FacePose> faces = facePoses(mouths, silence, events);
    auto motion = makeBody({events, {}, faces, style, CounterRandom(0)}, control);
    if (!motion) return std::move(motion).error();
    return LexiconDemo{std::move(*motion), std::move(events)};
}

} // namespace gesture::gestures
