// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/map_table.h"
#include "core/audio/transcript.h"

#include <QString>

#include <optional>
#include <vector>

namespace gesture::app {

/// A word on an axis of frames: it reaches from `begin` to `end`, frames with fractions.
struct FrameWord {
    QString text;
    int index = 0; ///< In the transcript.
    double begin = 0;
    double end = 0;

    /// Frames that it touches.
    [[nodiscard]] FrameRange frames() const;
};

/// Words (no pauses) of which something lies in the range; none without a transcript.
[[nodiscard]] std::vector<FrameWord> wordsIn(const audio::Transcript* transcript, FrameRange range);

/// The word that is said when the middle of the frame is shown.
[[nodiscard]] std::optional<FrameWord> wordAt(const audio::Transcript* transcript,
                                              FrameIndex frame);

/// A place in a map.
struct MapCell {
    FrameIndex speech;
    FrameIndex motion;
    bool operator==(const MapCell&) const = default;
};

/// What stands in a cell.
struct CellReading {
    MapCell cell;
    QString word; ///< Said at that frame of speech; empty: none.
    float weight = 0;
    int rank = 0; ///< In its row, from 1.
    int columns = 0;
};

/// Nothing outside of the table.
[[nodiscard]] std::optional<CellReading>
readCell(const MapTable& table, const audio::Transcript* transcript, const MapCell& cell);

/// A row of a list of the largest.
struct RatedFrame {
    FrameIndex frame;
    float weight = 0;
};
struct RatedWord {
    FrameWord word;
    float weight = 0; ///< Mean over the word's frames of speech.
};

/// The motion frames that the frames of `speech` look at most: their mean weights, largest first,
/// at most `count`; among equals the earlier.
[[nodiscard]] std::vector<RatedFrame> topFrames(const MapTable& table, FrameRange speech,
                                                std::size_t count);
/// The words that look most at a frame of motion.
[[nodiscard]] std::vector<RatedWord> topWords(const MapTable& table,
                                              const audio::Transcript* transcript,
                                              FrameIndex motion, std::size_t count);

/// Share of each part in the fused importance of a frame, 0 for parts without maps; nothing where
/// no window lies. `place`: the window in `analysis.windows()`.
[[nodiscard]] std::optional<inference::PerPart<double>>
partShares(const inference::Analysis& analysis, std::size_t place, FrameIndex frame);

} // namespace gesture::app
