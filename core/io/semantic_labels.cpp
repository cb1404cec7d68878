// SPDX-License-Identifier: Apache-2.0
#include "core/io/semantic_labels.h"

#include "core/base/assert.h"
#include "core/base/atomic_file.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

namespace gesture::io {

namespace {

constexpr std::size_t kMaxBytes = std::size_t{16} << 20U;
constexpr std::size_t kMaxRows = 100'000;
constexpr std::size_t kMinColumns = 5;
constexpr std::size_t kMaxColumns = 6;
constexpr float kWeakScore = 0.1F;

Error wrong(std::string reason) { return {ErrorCode::InvalidInput, std::move(reason)}; }

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \r");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \r") - first + 1);
}

/// The text up to `separator`, which is taken off `rest` with it.
std::string_view takeUntil(char separator, std::string_view& rest) {
    const std::size_t end = rest.find(separator);
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    return taken;
}

Result<double> numberOf(std::string_view text, std::string_view what) {
    double value = 0.0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code == std::errc{} && end == text.data() + text.size() && std::isfinite(value))
        return value;
    return wrong(fmt::format("the {} '{}' is not a number.", what, text.substr(0, 40)));
}

Result<SemanticLabel> labelOf(std::string_view line) {
    if (firstInvalidUtf8(line) || line.find('\0') != line.npos)
        return wrong("this is not UTF-8 text.");
    const auto columns = static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t')) + 1;
    if (columns < kMinColumns || columns > kMaxColumns)
        return wrong(
            fmt::format("there are {} columns; a row has name, start, end, duration, score "
                        "and sometimes a keyword, separated by tabs.",
                        columns));
    SemanticLabel label;
    label.name = trimmed(takeUntil('\t', line));
    const auto begin = numberOf(trimmed(takeUntil('\t', line)), "start");
    if (!begin) return begin.error();
    const auto end = numberOf(trimmed(takeUntil('\t', line)), "end");
    if (!end) return end.error();
    if (const auto duration = numberOf(trimmed(takeUntil('\t', line)), "duration"); !duration)
        return duration.error();
    const auto score = numberOf(trimmed(takeUntil('\t', line)), "score");
    if (!score) return score.error();
    if (*score < 0.0 || *score > 1.0)
        return wrong(fmt::format("the score {:g} is not from 0 to 1.", *score));
    label.begin = {*begin};
    label.end = {*end};
    label.score = static_cast<float>(*score);
    label.keyword = trimmed(line);
    return label;
}

/// The first frame for which `isReached(its time)`, near the frame of `time`.
template <typename Predicate>
std::int64_t firstFrame(Seconds time, std::int64_t frames, FrameRate rate, Predicate isReached) {
    const double guess = std::floor(time.value * rate.perSecond()) - 1.0;
    auto frame = static_cast<std::int64_t>(std::clamp(guess, 0.0, static_cast<double>(frames)));
    while (frame < frames && !isReached(rate.timeOf({frame}).value))
        ++frame;
    return frame;
}

/// Which frames no row has claimed yet: `next[i]` leads to the first free frame from i on.
class FreeFrames {
public:
    explicit FreeFrames(std::int64_t frames)
        : next_(static_cast<std::size_t>(frames) + 1) {
        std::iota(next_.begin(), next_.end(), std::size_t{0});
    }

    /// The first free frame from `frame` on; the number of frames when there is none.
    std::size_t from(std::size_t frame) {
        while (next_[frame] != frame) {
            next_[frame] = next_[next_[frame]];
            frame = next_[frame];
        }
        return frame;
    }
    void claim(std::size_t frame) { next_[frame] = frame + 1; }

private:
    std::vector<std::size_t> next_;
};

} // namespace

Result<std::vector<SemanticLabel>> readSemanticLabels(const std::filesystem::path& path) {
    const auto text = readTextFile(path, kMaxBytes);
    if (!text) return text.error();
    std::vector<SemanticLabel> labels;
    std::string_view rest = *text;
    if (rest.substr(0, 3) == "\xEF\xBB\xBF") rest.remove_prefix(3);
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::string_view line = takeUntil('\n', rest);
        if (trimmed(line).empty()) continue;
        const std::string where = fmt::format("'{}', line {}", path.string(), number);
        if (labels.size() == kMaxRows)
            return Error{ErrorCode::LimitExceeded, where + ": there are more than 100,000 rows."};
        auto label = labelOf(line);
        if (!label) return std::move(label).error().withContext(where);
        labels.push_back(std::move(*label));
    }
    return labels;
}

std::vector<float> semanticScores(std::span<const SemanticLabel> labels, std::int64_t frames,
                                  FrameRate rate, WeakScores weak) {
    GESTURE_ASSERT(frames >= 0);
    std::vector<float> scores(static_cast<std::size_t>(frames), 0.0F);
    FreeFrames free(frames);
    for (const SemanticLabel& label : labels) {
        const double begin = label.begin.value;
        const double end = label.end.value;
        const auto first =
            firstFrame(label.begin, frames, rate, [=](double time) { return time >= begin; });
        const auto last =
            firstFrame(label.end, frames, rate, [=](double time) { return time > end; });
        const bool counts = weak == WeakScores::Keep || label.score > kWeakScore;
        for (std::size_t frame = free.from(static_cast<std::size_t>(first));
             frame < static_cast<std::size_t>(last); frame = free.from(frame)) {
            scores[frame] = counts ? label.score : 0.0F;
            free.claim(frame);
        }
    }
    return scores;
}

std::vector<float> semanticScoresOfTokens(std::span<const float> scores, int framesPerToken) {
    GESTURE_ASSERT(framesPerToken > 0);
    const auto size = static_cast<std::size_t>(framesPerToken);
    std::vector<float> means;
    means.reserve(scores.size() / size);
    for (std::size_t begin = 0; begin + size <= scores.size(); begin += size) {
        const auto group = scores.subspan(begin, size);
        means.push_back(std::accumulate(group.begin(), group.end(), 0.0F) /
                        static_cast<float>(framesPerToken));
    }
    return means;
}

} // namespace gesture::io
