// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/speech/alignment_graph.h"
#include "core/speech/beam_search.h"
#include "core/speech/cepstra.h"

#include <optional>
#include <string>
#include <vector>

namespace gesture::speech {

/// When a spoken word was heard, in frames, and how well its sound fits.
struct PlacedWord {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    float confidence = 0; ///< 0..1
};

/// What the search says of each spoken word, and the phones of those that it placed.
struct PlacedWords {
    std::vector<std::optional<PlacedWord>> words; ///< By spoken word; empty: passed over.
    std::vector<audio::TimedLabel> phones;
};

/// Reads words and phones off an alignment. A phone's confidence compares, frame by frame, its
/// likelihood with that of the phone that fits the frame best (the "goodness of pronunciation" of
/// Witt and Young, 2000) and puts the mean through a logistic curve; a word's is the mean of its
/// phones by their frames. `firstFrame` is the frame of the alignment's first segment.
[[nodiscard]] PlacedWords placeWords(const AcousticModel& model, const AlignmentGraph& graph,
                                     const Cepstra& cepstra, const Alignment& alignment,
                                     std::int64_t firstFrame);

/// A word as it is shown, and the spoken words [begin, end) that it consists of.
struct ShownWord {
    std::string text;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Gives each shown word its time: from its first placed spoken word to its last. Words without any
/// share the gap between their neighbours, with confidence 0; where there is none they take a
/// little of the word before.
[[nodiscard]] std::vector<audio::TimedLabel> timeWords(const std::vector<ShownWord>& shown,
                                                       const PlacedWords& placed, Seconds duration);

} // namespace gesture::speech
