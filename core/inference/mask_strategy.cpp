// SPDX-License-Identifier: Apache-2.0
#include "core/inference/mask_strategy.h"

#include "core/base/assert.h"
#include "core/base/utf8.h"
#include "core/inference/counter_random.h"
#include "core/inference/word_match.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <utility>

namespace gesture::inference {

namespace {

/// How many of `count` things a share is.
std::size_t partOf(std::size_t count, double share) {
    if (!(share > 0.0)) return 0;
    const double part = std::round(std::clamp(share, 0.0, 1.0) * static_cast<double>(count));
    return std::min(count, static_cast<std::size_t>(part));
}

/// Frames that are shown at some time from `begin` up to `end`.
FrameRange framesOf(Seconds begin, Seconds end, FrameRate rate) {
    const FrameIndex first = rate.frameAt(begin);
    FrameIndex last = rate.frameAt(end);
    if (rate.timeOf(last).value < end.value - 1e-6) last = last + 1;
    return {first, std::max(last, first + 1)};
}

} // namespace

Result<EditMask> maskWords(const audio::Transcript& transcript, std::span<const std::string> words,
                           const MaskCanvas& canvas) {
    std::map<std::string, bool> found;
    for (const std::string& word : words) {
        const std::string name = comparableWord(word);
        if (name.empty())
            return Error{ErrorCode::InvalidInput,
                         fmt::format("'{}' is no word that could be looked for.", shownText(word))};
        found.emplace(name, false);
    }
    EditMask mask(canvas.frames);
    for (const audio::TimedLabel& label : transcript.words) {
        const auto wanted = found.find(comparableWord(label.text));
        if (wanted == found.end()) continue;
        wanted->second = true;
        mask.paint(framesOf(label.begin, label.end, canvas.rate), canvas.parts);
    }
    std::string missing;
    for (const auto& [name, present] : found) {
        if (!present)
            missing += fmt::format("{}'{}'", missing.empty() ? "" : ", ", shownText(name));
    }
    if (missing.empty()) return mask;
    return Error{ErrorCode::NotFound,
                 transcript.words.empty()
                     ? "There is no transcript to find words in. Give one, or let the speech be "
                       "transcribed."
                     : fmt::format("The transcript does not have {}. Check the spelling against "
                                   "its words.",
                                   missing)};
}

EditMask maskAbove(std::span<const float> values, int framesPerValue, double threshold,
                   const MaskCanvas& canvas) {
    GESTURE_ASSERT(framesPerValue > 0);
    EditMask mask(canvas.frames);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const FrameIndex begin{static_cast<std::int64_t>(i) * framesPerValue};
        if (begin.value >= canvas.frames) break;
        if (static_cast<double>(values[i]) > threshold)
            mask.paint({begin, begin + framesPerValue}, canvas.parts);
    }
    return mask;
}

EditMask maskHighest(std::span<const float> curve, double share, const MaskCanvas& canvas) {
    EditMask mask(canvas.frames);
    const std::size_t frames = mask.cells().size() / motion::kBodyPartCount;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < std::min(curve.size(), frames); ++i) {
        if (!std::isnan(curve[i])) order.push_back(i);
    }
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return curve[a] > curve[b]; });
    order.resize(std::min(order.size(), partOf(frames, share)));
    for (const std::size_t i : order) {
        const FrameIndex frame{static_cast<std::int64_t>(i)};
        mask.paint({frame, frame + 1}, canvas.parts);
    }
    return mask;
}

EditMask maskRandom(double share, int framesPerToken, std::uint64_t seed,
                    const MaskCanvas& canvas) {
    GESTURE_ASSERT(framesPerToken > 0);
    EditMask mask(canvas.frames);
    const auto step = static_cast<std::size_t>(framesPerToken);
    std::vector<std::size_t> tokens((static_cast<std::size_t>(canvas.frames) + step - 1) / step);
    std::iota(tokens.begin(), tokens.end(), std::size_t{0});
    CounterRandom random(seed);
    const std::size_t chosen = partOf(tokens.size(), share);
    for (std::size_t i = 0; i < chosen; ++i) {
        std::swap(tokens[i], tokens[i + random.below(tokens.size() - i)]);
        const FrameIndex begin{static_cast<std::int64_t>(tokens[i] * step)};
        mask.paint({begin, begin + framesPerToken}, canvas.parts);
    }
    return mask;
}

} // namespace gesture::inference
