// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/results.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gesture::inference {

/// How the maps of a window lie: (parts, layers, heads, cells).
struct MapGrid {
    int layers = 0;
    int heads = 0;
    std::size_t cells = 0;
};

/// Maps that are averaged.
struct MapSet {
    std::size_t part = 0;
    std::span<const int> layers;
    std::span<const int> heads;
};

/// Appends the mean of the chosen maps, cell by cell; a single one is copied bit by bit.
void appendMean(std::span<const std::uint16_t> maps, const MapGrid& grid, const MapSet& set,
                std::vector<std::uint16_t>& out);

/// The mean of some layers and heads of one part, over windows that overlap.
struct StitchedMap {
    std::size_t part = 0;
    std::span<const std::size_t> layers; ///< Places among those of the windows.
    std::span<const std::size_t> heads;

    /// One row: what a frame of speech gives the frames of motion from `first` on, the mean over
    /// the windows that hold it. Cells that none of them shows are left as they are.
    void fillRow(std::span<const AttentionWindow* const> covering, std::int64_t speech,
                 std::int64_t first, std::span<float> row) const;
};

} // namespace gesture::inference
