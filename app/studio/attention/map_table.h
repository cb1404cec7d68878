// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/map_source.h"
#include "core/inference/analysis.h"

#include <span>
#include <vector>

namespace gesture::app {

/// Weights of speech frames (rows) on motion frames (columns) of one window. Value type.
struct MapTable {
    FrameIndex speechBegin;
    FrameIndex motionBegin;
    int rows = 0;
    int columns = 0;
    std::vector<float> weights; ///< (rows, columns); NaN: unknown.

    [[nodiscard]] bool empty() const { return weights.empty(); }
    [[nodiscard]] FrameRange speech() const { return {speechBegin, speechBegin + rows}; }
    [[nodiscard]] FrameRange motion() const { return {motionBegin, motionBegin + columns}; }
    [[nodiscard]] std::span<const float> row(int index) const {
        return std::span(weights).subspan(static_cast<std::size_t>(index) *
                                              static_cast<std::size_t>(columns),
                                          static_cast<std::size_t>(columns));
    }
    /// NaN outside of the table.
    [[nodiscard]] float at(FrameIndex speech, FrameIndex motion) const;
    [[nodiscard]] float largest() const; ///< 0 when nothing is known.

    bool operator==(const MapTable&) const = default;
};

/// What one window's pass of the networks said, as it is: unlike `Analysis::attention`, frames that
/// two windows share are not averaged with the other window's. `place` is that of the window in
/// `analysis.windows()`. Empty when there are no maps to take.
[[nodiscard]] MapTable windowTable(const inference::Analysis& analysis, std::size_t place,
                                   std::span<const WeightedMap> maps);

/// a − b, where both know the frames; an empty table when they share none.
[[nodiscard]] MapTable differenceOf(const MapTable& a, const MapTable& b);

[[nodiscard]] std::vector<float> columnMeans(const MapTable& table);
[[nodiscard]] std::vector<float> rowPeaks(const MapTable& table);

/// 1 for the largest weight of the row; equals share the better rank.
[[nodiscard]] int rankInRow(const MapTable& table, int row, int column);

/// 1 − mean entropy of the rows / log of the columns: 0 looks everywhere alike, 1 at one frame.
[[nodiscard]] double focusOf(const MapTable& table);

} // namespace gesture::app
