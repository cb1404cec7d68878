// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/map_table.h"

#include "core/base/half_float.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gesture::app {

namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

/// Places of the chosen number among those kept; nothing chosen: all of them.
std::vector<std::size_t> placesOf(std::optional<int> chosen, const std::vector<int>& kept) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (!chosen || kept[i] == *chosen) places.push_back(i);
    }
    return places;
}

/// Adds weight × the mean of one choice's maps.
void addMap(const inference::Analysis& analysis, const inference::AttentionWindow& window,
            const WeightedMap& map, std::span<float> out) {
    const auto part = std::find(window.parts.begin(), window.parts.end(), map.choice.part);
    const auto layers = placesOf(map.choice.layer, analysis.layers());
    const auto heads = placesOf(map.choice.head, analysis.heads());
    if (part == window.parts.end() || layers.empty() || heads.empty()) return;
    const auto partPlace = static_cast<std::size_t>(part - window.parts.begin());
    const float share = map.weight / static_cast<float>(layers.size() * heads.size());
    for (const std::size_t layer : layers) {
        for (const std::size_t head : heads) {
            const std::size_t index =
                (partPlace * static_cast<std::size_t>(window.layers) + layer) *
                    static_cast<std::size_t>(window.heads) +
                head;
            const auto weights = std::span(window.maps).subspan(index * out.size(), out.size());
            for (std::size_t i = 0; i < out.size(); ++i) {
                out[i] += share * floatFromHalf(weights[i]);
            }
        }
    }
}

} // namespace

float MapTable::at(FrameIndex speechFrame, FrameIndex motionFrame) const {
    if (!speech().contains(speechFrame) || !motion().contains(motionFrame)) return kNothing;
    return row(static_cast<int>(speechFrame -
                                speechBegin))[static_cast<std::size_t>(motionFrame - motionBegin)];
}

float MapTable::largest() const {
    float most = 0.0F;
    for (const float weight : weights) {
        if (weight > most) most = weight;
    }
    return most;
}

MapTable windowTable(const inference::Analysis& analysis, std::size_t place,
                     std::span<const WeightedMap> maps) {
    if (place >= analysis.windows().size() || maps.empty()) return {};
    const inference::AttentionWindow& window = analysis.windows()[place];
    MapTable table{window.begin, window.begin, window.frames, window.frames, {}};
    const auto side = static_cast<std::size_t>(window.frames);
    table.weights.assign(side * side, 0.0F);
    for (const WeightedMap& map : maps) {
        addMap(analysis, window, map, table.weights);
    }
    return table;
}

MapTable differenceOf(const MapTable& a, const MapTable& b) {
    const auto common = [](FrameRange x, FrameRange y) {
        return FrameRange{std::max(x.begin, y.begin), std::min(x.end, y.end)};
    };
    const FrameRange speech = common(a.speech(), b.speech());
    const FrameRange motion = common(a.motion(), b.motion());
    if (speech.empty() || motion.empty()) return {};
    MapTable table{speech.begin,
                   motion.begin,
                   static_cast<int>(speech.length()),
                   static_cast<int>(motion.length()),
                   {}};
    for (FrameIndex row = speech.begin; row < speech.end; row = row + 1) {
        for (FrameIndex column = motion.begin; column < motion.end; column = column + 1) {
            table.weights.push_back(a.at(row, column) - b.at(row, column));
        }
    }
    return table;
}

std::vector<float> columnMeans(const MapTable& table) {
    std::vector<float> means(static_cast<std::size_t>(table.columns), 0.0F);
    for (int row = 0; row < table.rows; ++row) {
        const auto weights = table.row(row);
        for (std::size_t column = 0; column < weights.size(); ++column) {
            means[column] += weights[column] / static_cast<float>(table.rows);
        }
    }
    return means;
}

std::vector<float> rowPeaks(const MapTable& table) {
    std::vector<float> peaks;
    for (int row = 0; row < table.rows; ++row) {
        const auto weights = table.row(row);
        peaks.push_back(weights.empty() ? 0.0F : *std::max_element(weights.begin(), weights.end()));
    }
    return peaks;
}

int rankInRow(const MapTable& table, int row, int column) {
    const auto weights = table.row(row);
    const float weight = weights[static_cast<std::size_t>(column)];
    return 1 + static_cast<int>(std::count_if(weights.begin(), weights.end(),
                                              [&](float other) { return other > weight; }));
}

double focusOf(const MapTable& table) {
    if (table.rows < 1 || table.columns < 2) return 0.0;
    double entropy = 0.0;
    for (const float weight : table.weights) {
        if (weight > 0.0F) entropy -= weight * std::log(static_cast<double>(weight));
    }
    const double share = entropy / table.rows / std::log(static_cast<double>(table.columns));
    return std::clamp(1.0 - share, 0.0, 1.0);
}

} // namespace gesture::app
