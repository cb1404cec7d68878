// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/events.h"

#include "core/gestures/lexicon.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace gesture::gestures {

namespace {

// All in seconds.
constexpr double kLexiconSpacing = 1.25;
constexpr double kFirstLexicon = 0.8; ///< No earlier: the hands come from rest.
constexpr double kFirstBeat = 0.6;
constexpr double kBeatSpacing = 0.62;
constexpr double kBeatAfterLexicon = 1.0;
constexpr double kBeatBeforeLexicon = 0.85;
constexpr double kWeakestBeat = -0.4; ///< prominence
constexpr double kLexiconProminence = 1.5;
constexpr double kMeaningLead = 0.13;
constexpr double kLexiconPreparation = 0.42;

/// Seconds from one event to the next, or enough for everything.
double gapAfter(const std::vector<GestureEvent>& events, std::size_t i) {
    if (i + 1 == events.size()) return std::numeric_limits<double>::max();
    return events[i + 1].apex.value - events[i].apex.value;
}

double previousApex(const std::vector<GestureEvent>& events, std::size_t i) {
    return i == 0 ? -kLexiconSpacing : events[i - 1].apex.value;
}

double strokeLength(StrokePath path) {
    switch (path) {
    case StrokePath::Fast:
        return 0.16;
    case StrokePath::Slow:
        return 0.70;
    case StrokePath::Circle:
        return 0.75;
    case StrokePath::Line:
    case StrokePath::Arc:
    case StrokePath::Chop:
        return 0.30;
    }
    return 0.30;
}

double holdLength(StrokePath path) {
    if (path == StrokePath::Chop) return 0.45;
    return path == StrokePath::Slow ? 0.15 : 0.32;
}

void timeLexiconEvent(std::vector<GestureEvent>& events, std::size_t i) {
    GestureEvent& event = events[i];
    const LexiconGesture& gesture = lexicon()[*event.entry];
    const double length = strokeLength(gesture.path);
    const double lead = gesture.path == StrokePath::Circle ? 0.35 : 0.85 * length;
    const double begin = event.apex.value - lead;
    const double end = begin + length;
    const double next = event.apex.value + gapAfter(events, i);
    double hold = end + holdLength(gesture.path);
    if (next - end < 0.9) hold = std::min(hold, next - kLexiconPreparation);
    event.bothHands = gesture.hands == Hands::Both;
    event.prepared = {std::max(previousApex(events, i) + 0.15, begin - kLexiconPreparation)};
    event.strokeBegin = {begin};
    event.strokeEnd = {end};
    event.holdEnd = {std::max(hold, end)};
}

void timeBeat(std::vector<GestureEvent>& events, std::size_t i, const SpeakerStyle& style) {
    GestureEvent& event = events[i];
    const double apex = event.apex.value;
    event.bothHands = event.prominence > style.bothHandsAbove;
    event.prepared = {std::max(previousApex(events, i) + 0.12, apex - 0.48)};
    event.strokeBegin = {apex - 0.17};
    event.strokeEnd = {apex};
    event.holdEnd = {apex + 0.14};
}

/// Words of the lexicon that mostly carry no meaning of their own are those that point.
bool needsStress(const LexiconGesture& gesture, std::string_view word) {
    return gesture.score <= 0.4F || word == "one" || word == "no" || word == "how" ||
           word == "before" || word == "up" || word == "back";
}

/// Unstressed "that" and "you" are short: as long as the mean of the accents is stressed.
bool standsOut(const TimeSpan& vowel, std::span<const Accent> accents) {
    double mean = 0.0;
    for (const Accent& accent : accents)
        mean += accent.span.length() / static_cast<double>(accents.size());
    return vowel.length() >= mean;
}

std::vector<GestureEvent> lexiconEvents(const SpokenText& text, std::span<const Accent> accents,
                                        LexiconUse use) {
    std::vector<GestureEvent> events;
    double last = -std::numeric_limits<double>::max();
    for (const SpokenWord& word : text.words) {
        const auto entry = gestureOfWord(word.text);
        if (!entry || !word.vowel || word.sense == WordSense::Idiom) continue;
        const bool weak = use == LexiconUse::WhenStressed &&
                          needsStress(lexicon()[*entry], plainWord(word.text)) &&
                          !standsOut(*word.vowel, accents);
        const double apex = Accent{*word.vowel}.apex().value;
        if (weak || apex - last < kLexiconSpacing || apex < kFirstLexicon) continue;
        GestureEvent event;
        event.entry = entry;
        event.apex = {apex};
        event.prominence = kLexiconProminence;
        event.word = word.text;
        events.push_back(std::move(event));
        last = apex;
    }
    return events;
}

bool hasRoom(double apex, const std::vector<GestureEvent>& events) {
    return std::all_of(events.begin(), events.end(), [&](const GestureEvent& event) {
        const double after = apex - event.apex.value;
        const double spacing = !event.entry ? kBeatSpacing
                               : after > 0  ? kBeatAfterLexicon
                                            : kBeatBeforeLexicon;
        return std::abs(after) > spacing;
    });
}

void addBeats(const SpokenText& text, std::span<const Accent> accents,
              std::vector<GestureEvent>& events) {
    std::vector<std::size_t> order(accents.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return accents[a].prominence > accents[b].prominence;
    });
    for (const std::size_t i : order) {
        const Accent& accent = accents[i];
        const Seconds apex = accent.apex();
        if (accent.prominence < kWeakestBeat) break;
        if (apex.value < kFirstBeat || !hasRoom(apex.value, events)) continue;
        GestureEvent event;
        event.apex = apex;
        event.prominence = accent.prominence;
        if (accent.word < text.words.size()) event.word = text.words[accent.word].text;
        events.push_back(std::move(event));
    }
}

} // namespace

std::string_view GestureEvent::gesture() const { return entry ? lexicon()[*entry].name : "beat"; }

float GestureEvent::score() const { return entry ? lexicon()[*entry].score : 0.0F; }

Seconds meaningBegins(const GestureEvent& event) {
    return {std::max(0.0, event.strokeBegin.value - kMeaningLead)};
}

std::vector<GestureEvent> chooseEvents(const SpokenText& text, std::span<const Accent> accents,
                                       const SpeakerStyle& style, LexiconUse use) {
    std::vector<GestureEvent> events = lexiconEvents(text, accents, use);
    addBeats(text, accents, events);
    std::sort(events.begin(), events.end(),
              [](const GestureEvent& a, const GestureEvent& b) { return a.apex < b.apex; });
    timeEvents(events, style);
    return events;
}

void timeEvents(std::vector<GestureEvent>& events, const SpeakerStyle& style) {
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (events[i].entry)
            timeLexiconEvent(events, i);
        else
            timeBeat(events, i, style);
    }
}

} // namespace gesture::gestures
