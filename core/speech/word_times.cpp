// SPDX-License-Identifier: Apache-2.0
#include "core/speech/word_times.h"

#include <algorithm>
#include <cmath>

namespace gesture::speech {

namespace {

/// The logistic curve: a phone whose frames fit on average this many nats worse than the best phone
/// has confidence one half, and this many nats less or more change the odds by e.
constexpr float kHalf = 6.0F;
constexpr float kSlope = 1.5F;

/// What a word without a time of its own is given where there is no gap.
constexpr double kSliver = 0.02;

float likelihood(FrameScorer& scorer, const Unit& unit) {
    float best = -1e30F;
    for (const SenoneTriple* triple : {&unit.joined, &unit.apart})
        for (const std::uint16_t senone : *triple)
            best = std::max(best, scorer.score(senone));
    return best;
}

float confidenceOf(const Unit& unit, const UnitSegment& segment, const Alignment& alignment,
                   std::int64_t firstFrame, const Cepstra& cepstra, FrameScorer& scorer) {
    double sum = 0;
    for (std::int64_t frame = segment.begin; frame < segment.end; ++frame) {
        scorer.setFrame(cepstra.features(frame));
        sum += likelihood(scorer, unit) -
               alignment.bestPhone[static_cast<std::size_t>(frame - firstFrame)];
    }
    const auto mean = static_cast<float>(sum / static_cast<double>(segment.end - segment.begin));
    return 1.0F / (1.0F + std::exp(-(mean + kHalf) / kSlope));
}

/// Gives labels [first, last) without times the stretch [from, to), by the lengths of their texts.
void share(std::vector<audio::TimedLabel>& labels, std::size_t first, std::size_t last, double from,
           double to) {
    double total = 0;
    for (std::size_t i = first; i < last; ++i)
        total += static_cast<double>(labels[i].text.size());
    double done = 0;
    for (std::size_t i = first; i < last; ++i) {
        labels[i].begin = {from + (to - from) * done / total};
        done += static_cast<double>(labels[i].text.size());
        labels[i].end = {from + (to - from) * done / total};
        labels[i].confidence = 0.0F;
    }
}

/// Makes room for labels [first, last) where their neighbours touch, and shares it out.
void interpolate(std::vector<audio::TimedLabel>& labels, std::size_t first, std::size_t last,
                 double duration) {
    const auto count = static_cast<double>(last - first);
    double from = first > 0 ? labels[first - 1].end.value : 0.0;
    double to = last < labels.size() ? labels[last].begin.value : duration;
    const double wanted = kSliver * count;
    if (to - from < wanted && first > 0) {
        audio::TimedLabel& before = labels[first - 1];
        const double length = before.end.value - before.begin.value;
        from -= std::min(wanted - (to - from), length / 2);
        before.end = {from};
    } else if (to - from < wanted && last < labels.size()) {
        audio::TimedLabel& after = labels[last];
        const double length = after.end.value - after.begin.value;
        to += std::min(wanted - (to - from), length / 2);
        after.begin = {to};
    }
    share(labels, first, last, from, to);
}

} // namespace

PlacedWords placeWords(const AcousticModel& model, const AlignmentGraph& graph,
                       const Cepstra& cepstra, const Alignment& alignment,
                       std::int64_t firstFrame) {
    PlacedWords placed;
    placed.words.resize(static_cast<std::size_t>(graph.lastJunction()));
    FrameScorer scorer(model.mixtures());
    for (const UnitSegment& segment : alignment.segments) {
        const Unit& unit = graph.units()[static_cast<std::size_t>(segment.unit)];
        if (unit.kind != UnitKind::Phone) continue;
        const float confidence =
            confidenceOf(unit, segment, alignment, firstFrame, cepstra, scorer);
        placed.phones.push_back({model.definition().name(unit.phone), timeOfFrame(segment.begin),
                                 timeOfFrame(segment.end), confidence});
        auto& word = placed.words[static_cast<std::size_t>(unit.word)];
        if (!word) word = PlacedWord{segment.begin, segment.begin, 0.0F};
        const auto before = static_cast<float>(word->end - word->begin);
        const auto added = static_cast<float>(segment.end - segment.begin);
        word->confidence = (word->confidence * before + confidence * added) / (before + added);
        word->end = segment.end;
    }
    return placed;
}

std::vector<audio::TimedLabel> timeWords(const std::vector<ShownWord>& shown,
                                         const PlacedWords& placed, Seconds duration) {
    std::vector<audio::TimedLabel> labels;
    std::vector<bool> timed;
    for (const ShownWord& word : shown) {
        audio::TimedLabel label{word.text, {}, {}, std::nullopt};
        double weighted = 0;
        std::int64_t frames = 0;
        for (std::size_t i = word.begin; i < word.end; ++i) {
            const auto& spoken = placed.words[i];
            if (!spoken) continue;
            if (frames == 0) label.begin = timeOfFrame(spoken->begin);
            label.end = timeOfFrame(spoken->end);
            frames += spoken->end - spoken->begin;
            weighted += spoken->confidence * static_cast<double>(spoken->end - spoken->begin);
        }
        label.end = std::min(label.end, duration);
        if (frames > 0)
            label.confidence = static_cast<float>(weighted / static_cast<double>(frames));
        timed.push_back(frames > 0 && label.begin < label.end);
        labels.push_back(std::move(label));
    }
    for (std::size_t i = 0; i < labels.size();) {
        std::size_t end = i;
        while (end < labels.size() && !timed[end])
            ++end;
        if (end > i) interpolate(labels, i, end, duration.value);
        i = end + 1;
    }
    return labels;
}

} // namespace gesture::speech
