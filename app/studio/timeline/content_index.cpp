// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/content_index.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gesture::app {

namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

/// NaN loses against any number.
void raise(float& highest, float value) {
    if (!(value <= highest) && !std::isnan(value)) highest = value;
}

float highestOf(std::span<const float> values) {
    float highest = kNothing;
    for (const float value : values) {
        raise(highest, value);
    }
    return highest;
}

} // namespace

CurveMips::CurveMips(std::span<const float> curve)
    : curve_(curve) {
    std::span<const float> below = curve_;
    while (below.size() > static_cast<std::size_t>(kFactor)) {
        std::vector<float> made;
        made.reserve(below.size() / kFactor + 1);
        for (std::size_t i = 0; i < below.size(); i += kFactor) {
            made.push_back(
                highestOf(below.subspan(i, std::min<std::size_t>(kFactor, below.size() - i))));
        }
        levels_.push_back(std::move(made));
        below = levels_.back();
    }
}

float CurveMips::at(std::int64_t index) const {
    return index >= 0 && index < size() ? curve_[static_cast<std::size_t>(index)] : kNothing;
}

float CurveMips::highest(std::int64_t begin, std::int64_t end) const {
    begin = std::max<std::int64_t>(begin, 0);
    end = std::min(end, size());
    float highest = kNothing;
    for (std::size_t number = 0; begin < end; ++number) {
        const auto values = level(number);
        const bool last = number == levels_.size();
        while (begin < end && (last || begin % kFactor != 0)) {
            raise(highest, values[static_cast<std::size_t>(begin++)]);
        }
        while (begin < end && end % kFactor != 0) {
            // The end of a level that is no multiple belongs to a shorter last group above.
            raise(highest, values[static_cast<std::size_t>(--end)]);
        }
        begin /= kFactor;
        end /= kFactor;
    }
    return highest;
}

namespace {

/// `least` is the lowest top of the lane.
CurveSet setOf(std::span<const float> upper, std::span<const float> hands,
               std::span<const float> lower, std::span<const float> all, float least) {
    CurveSet set{
        CurveMips(upper), CurveMips(hands), CurveMips(lower), CurveMips(all), least, least};
    raise(set.mostAll, set.all.highest(0, set.all.size()));
    for (const CurveMips* curve : {&set.upper, &set.hands, &set.lower, &set.all})
        raise(set.most, curve->highest(0, curve->size()));
    return set;
}

} // namespace

void ContentIndex::readCurves(const TimelineContent& content) {
    constexpr float kLeastDifference = 5; // centimetres: noise shall not look like news
    score = content.hasScore() ? CurveMips(content.semantic->score) : CurveMips();
    importance = difference = {};
    if (content.hasImportance()) {
        const ImportanceCurves& curves = *content.importance;
        importance = setOf(curves.upper, curves.hands, curves.lower, curves.fused, 1);
    }
    if (content.difference) {
        const DifferenceCurves& curves = *content.difference;
        difference = setOf(curves.upper, curves.hands, curves.lower, curves.all, kLeastDifference);
    }
}

void ContentIndex::readMask(const inference::EditMask& mask, int framesPerToken) {
    inference::EditMask snapped = mask;
    if (framesPerToken > 1) snapped.snapToTokens(framesPerToken);
    for (const motion::BodyPart part : kBodyParts) {
        runs[part] = mask.runs(part);
        cells[part] = snapped.runs(part);
        maskedFrames[part] = 0;
        for (const FrameRange& run : runs[part]) {
            maskedFrames[part] += run.length();
        }
    }
}

void ContentIndex::readPreview(const std::optional<inference::EditMask>& mask) {
    for (const motion::BodyPart part : kBodyParts) {
        preview[part] = mask ? mask->runs(part) : std::vector<FrameRange>{};
    }
}

std::size_t firstRangeAfter(std::span<const FrameRange> ranges, FrameIndex frame) {
    const auto found = std::upper_bound(
        ranges.begin(), ranges.end(), frame,
        [](FrameIndex value, const FrameRange& range) { return value < range.end; });
    return static_cast<std::size_t>(found - ranges.begin());
}

std::size_t firstWordAfter(const audio::Transcript& transcript, Seconds time) {
    const auto found = std::upper_bound(
        transcript.words.begin(), transcript.words.end(), time,
        [](Seconds value, const audio::TimedLabel& word) { return value < word.end; });
    return static_cast<std::size_t>(found - transcript.words.begin());
}

std::optional<std::size_t> wordAt(const TimelineContent& content, Seconds time) {
    if (!content.hasWords()) return std::nullopt;
    const std::size_t found = firstWordAfter(*content.transcript, time);
    if (found == content.transcript->words.size()) return std::nullopt;
    const audio::TimedLabel& word = content.transcript->words[found];
    if (time < word.begin || word.isPause()) return std::nullopt;
    return found;
}

FrameRange framesOf(const audio::TimedLabel& word, FrameRate rate) {
    const auto frame = [&](Seconds time) {
        return static_cast<std::int64_t>(std::llround(time.value * rate.perSecond()));
    };
    const std::int64_t begin = frame(word.begin);
    return {{begin}, {std::max(frame(word.end), begin + 1)}};
}

} // namespace gesture::app
