// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/label_builder.h"
#include "core/io/transcript/number_text.h"
#include "core/io/transcript/text_grid.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <vector>

namespace gesture::io {

namespace {

struct Interval {
    double begin = 0.0;
    double end = 0.0;
    std::string_view text;
};

/// The labels with blank intervals between them, from 0 to `duration`.
std::vector<Interval> withoutGaps(const std::vector<audio::TimedLabel>& labels, double duration) {
    std::vector<Interval> intervals;
    double reached = 0.0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const double begin = labels[i].begin.value;
        const bool last = i + 1 == labels.size();
        const double end =
            last ? labels[i].end.value : std::min(labels[i].end, labels[i + 1].begin).value;
        if (begin > reached) intervals.push_back({reached, begin, {}});
        intervals.push_back({begin, end, labels[i].text});
        reached = end;
    }
    if (reached < duration) intervals.push_back({reached, duration, {}});
    return intervals;
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char letter : text) {
        if (letter == '"') result += '"';
        result += letter;
    }
    return result + '"';
}

void appendTier(std::string& grid, int number, std::string_view name,
                const std::vector<Interval>& intervals, const std::string& end) {
    fmt::format_to(std::back_inserter(grid),
                   "    item [{}]:\n"
                   "        class = \"IntervalTier\"\n"
                   "        name = {}\n"
                   "        xmin = 0\n"
                   "        xmax = {}\n"
                   "        intervals: size = {}\n",
                   number, quoted(name), end, intervals.size());
    for (std::size_t i = 0; i < intervals.size(); ++i)
        fmt::format_to(std::back_inserter(grid),
                       "        intervals [{}]:\n"
                       "            xmin = {}\n"
                       "            xmax = {}\n"
                       "            text = {}\n",
                       i + 1, numberText(intervals[i].begin), numberText(intervals[i].end),
                       quoted(intervals[i].text));
}

} // namespace

Result<std::string> formatTextGrid(const audio::Transcript& transcript) {
    const double end =
        std::max({transcript.duration, lastEnd(transcript.words), lastEnd(transcript.phones)})
            .value;
    if (!(end > 0.0))
        return Error{ErrorCode::InvalidInput, "This transcript is empty and has no duration; a "
                                              "TextGrid needs one. Write it as .json."};
    const bool hasPhones = !transcript.phones.empty();
    const std::string endText = numberText(end);
    std::string grid = fmt::format("File type = \"ooTextFile\"\n"
                                   "Object class = \"TextGrid\"\n"
                                   "\n"
                                   "xmin = 0\n"
                                   "xmax = {}\n"
                                   "tiers? <exists>\n"
                                   "size = {}\n"
                                   "item []:\n",
                                   endText, hasPhones ? 2 : 1);
    appendTier(grid, 1, "words", withoutGaps(transcript.words, end), endText);
    if (hasPhones) appendTier(grid, 2, "phones", withoutGaps(transcript.phones, end), endText);
    return grid;
}

} // namespace gesture::io
