// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/analysis.h"

#include <optional>
#include <vector>

namespace gesture::app {

/// One head of one layer, numbers from 0.
struct HeadPlace {
    int layer = 0;
    int head = 0;
    bool operator==(const HeadPlace&) const = default;
};

/// Which map people look at: of one part or of all, of one head or a mean.
struct MapSelection {
    std::optional<motion::BodyPart> part; ///< Nothing: all parts, by their learnt weights.
    std::optional<int> layer;             ///< From 0; nothing: mean.
    std::optional<int> head;              ///< Likewise.
    std::vector<HeadPlace> picked;        ///< Not empty: the mean of these instead.

    bool operator==(const MapSelection&) const = default;
};

/// A map that goes into a mean.
struct WeightedMap {
    inference::MapChoice choice;
    float weight = 1.0F;
};

/// What each part's importance is multiplied with to give the fused one, found from the windows by
/// least squares: the fused curve is a sum of the parts' curves with learnt weights. Equal weights
/// where the windows do not tell; 0 for parts without maps.
[[nodiscard]] inference::PerPart<double> partWeights(const inference::Analysis& analysis);

/// The maps of a selection; the weights sum to 1. Empty when the part has no maps.
[[nodiscard]] std::vector<WeightedMap> mapsOf(const inference::Analysis& analysis,
                                              const MapSelection& selection);

/// Whether the analysis kept single heads and layers, so that they can be shown.
[[nodiscard]] bool keepsHeads(const inference::Analysis& analysis);

} // namespace gesture::app
