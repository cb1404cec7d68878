// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/json_labels.h"

#include "core/base/utf8.h"
#include "core/io/transcript/number_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <span>

namespace gesture::io {

namespace {

constexpr double kShortestWord = 0.02; ///< Seconds; where words must share time.

/// Words of Whisper begin with a blank.
std::string withoutMargins(const std::string& text) {
    const auto words = wordsOf(text);
    if (words.empty()) return {};
    const char* const begin = words.front().data();
    const char* const end = words.back().data() + words.back().size();
    return {begin, end};
}

bool isTimed(const JsonLabel& label) {
    return label.begin && label.end && *label.end != *label.begin;
}

/// Words [first, last) that share [begin, end).
struct SharedTime {
    std::size_t first = 0;
    std::size_t last = 0;
    std::optional<double> begin;
    std::optional<double> end;

    [[nodiscard]] bool isEnough() const {
        return begin && end && *end - *begin >= kShortestWord * static_cast<double>(last - first);
    }
};

/// The time for the words without times from `first` on.
SharedTime findTime(const JsonSegment& segment, std::size_t first) {
    const auto& words = segment.words;
    SharedTime shared{first, first, segment.whole.begin, segment.whole.end};
    while (shared.last < words.size() && !isTimed(words[shared.last]))
        ++shared.last;
    if (first > 0) shared.begin = words[first - 1].end;
    if (shared.last < words.size()) shared.end = words[shared.last].begin;
    if (!shared.isEnough() && shared.last < words.size()) {
        shared.end = words[shared.last].end;
        ++shared.last;
    } else if (!shared.isEnough() && first > 0) {
        --shared.first;
        shared.begin = words[shared.first].begin;
    }
    return shared;
}

void divide(std::span<JsonLabel> words, double begin, double end) {
    std::size_t total = 0;
    for (const JsonLabel& word : words)
        total += letterCount(word.text);
    std::size_t before = 0;
    for (JsonLabel& word : words) {
        const auto timeAfter = [&](std::size_t letters) {
            return letters == total ? end
                                    : begin + (end - begin) * static_cast<double>(letters) /
                                                  static_cast<double>(total);
        };
        const std::size_t after = before + letterCount(word.text);
        word.begin = timeAfter(before);
        word.end = timeAfter(after);
        before = after;
    }
}

/// Gives every word its times.
Status interpolate(const SourceText& source, JsonSegment& segment) {
    for (std::size_t i = 0; i < segment.words.size(); ++i) {
        if (isTimed(segment.words[i])) continue;
        const SharedTime shared = findTime(segment, i);
        const JsonLabel& word = segment.words[i];
        if (!shared.begin || !shared.end || !(*shared.begin < *shared.end))
            return source.error(word.offset,
                                fmt::format("the word '{}' has no time, and its segment leaves it "
                                            "none between its neighbours",
                                            shownText(word.text)));
        divide(std::span(segment.words).subspan(shared.first, shared.last - shared.first),
               *shared.begin, *shared.end);
        i = shared.last - 1;
    }
    return Status::success();
}

} // namespace

Status addJsonLabel(const SourceText& source, JsonLabel label, LabelBuilder& builder) {
    if (!label.begin || !label.end)
        return source.error(label.offset, fmt::format("'{}' has no {}", shownText(label.text),
                                                      label.begin ? "end" : "begin"));
    unifyLineEnds(label.text); // escaped ones were not seen before
    audio::TimedLabel timed{std::move(label.text), {*label.begin}, {*label.end}, {}};
    if (label.confidence) {
        const auto confidence = parseConfidence(source, *label.confidence, label.offset);
        if (!confidence) return Error(confidence.error());
        timed.confidence = *confidence;
    }
    return builder.add(std::move(timed), label.offset);
}

Status addJsonSegment(const SourceText& source, JsonSegment segment, LabelBuilder& builder) {
    for (JsonLabel& word : segment.words)
        word.text = withoutMargins(word.text);
    std::erase_if(segment.words, [](const JsonLabel& word) { return word.text.empty(); });
    const JsonLabel& whole = segment.whole;
    if (segment.words.empty()) {
        if (wordsOf(whole.text).empty()) return Status::success();
        if (whole.text.size() > kMaxTextBytes)
            return source.error(whole.offset, "the text of this segment is longer than 1 MiB",
                                ErrorCode::LimitExceeded);
        if (!whole.begin || !whole.end)
            return source.error(whole.offset,
                                fmt::format("the segment '{}' has no {}", shownText(whole.text),
                                            whole.begin ? "end" : "begin"));
        return builder.addDivided(whole.text, {*whole.begin}, {*whole.end}, whole.offset);
    }
    if (auto timed = interpolate(source, segment); !timed) return timed;
    for (JsonLabel& word : segment.words)
        if (auto added = addJsonLabel(source, std::move(word), builder); !added) return added;
    return Status::success();
}

} // namespace gesture::io
