// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/tools/word_edits.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kShortest = 0.01;
constexpr double kTouching = 1e-6;

} // namespace

audio::Transcript withMovedEdge(const audio::Transcript& transcript, std::size_t word,
                                WordEdge edge, Seconds time) {
    audio::Transcript made = transcript;
    audio::TimedLabel& held = made.words[word];
    const bool begins = edge == WordEdge::Begin;
    const bool hasNeighbour = begins ? word > 0 : word + 1 < made.words.size();
    audio::TimedLabel* const neighbour =
        hasNeighbour ? &made.words[begins ? word - 1 : word + 1] : nullptr;
    const double own = begins ? held.begin.value : held.end.value;
    const double its =
        neighbour == nullptr ? own : (begins ? neighbour->end : neighbour->begin).value;
    const bool touches = neighbour != nullptr && std::abs(own - its) <= kTouching;
    double least = begins ? 0 : held.begin.value + kShortest;
    double most = begins ? held.end.value - kShortest
                         : (made.duration.value > 0 ? made.duration.value : time.value);
    if (neighbour != nullptr && begins) {
        least = touches ? neighbour->begin.value + kShortest : its;
    } else if (neighbour != nullptr) {
        most = touches ? neighbour->end.value - kShortest : its;
    }
    if (most < least) return made;
    const Seconds moved{std::clamp(time.value, least, most)};
    (begins ? held.begin : held.end) = moved;
    if (touches) (begins ? neighbour->end : neighbour->begin) = moved;
    return made;
}

} // namespace gesture::app
