// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/map_source.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace gesture::app {

namespace {

using Normal = std::array<std::array<double, motion::kBodyPartCount + 1>, motion::kBodyPartCount>;

/// Adds a window's frames to the normal equations of "sum of weight × part = fused".
void addFrames(const inference::AttentionWindow& window, Normal& equations) {
    const auto parts = std::min<std::size_t>(window.parts.size(), motion::kBodyPartCount);
    const auto frames = static_cast<std::size_t>(window.frames);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        for (std::size_t i = 0; i < parts; ++i) {
            const double value = window.importance[i * frames + frame];
            for (std::size_t j = 0; j < parts; ++j) {
                equations[i][j] += value * window.importance[j * frames + frame];
            }
            equations[i][motion::kBodyPartCount] += value * window.fused[frame];
        }
    }
}

/// Solves the first `count` equations by Gauss and Jordan; nothing when they do not tell.
std::optional<std::vector<double>> solved(Normal equations, std::size_t count) {
    constexpr double kTooFlat = 1e-6; // of the largest: importance is kept in single precision
    const double largest = equations[0][0];
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t pivot = i;
        for (std::size_t j = i + 1; j < count; ++j) {
            if (std::abs(equations[j][i]) > std::abs(equations[pivot][i])) pivot = j;
        }
        std::swap(equations[i], equations[pivot]);
        if (!(std::abs(equations[i][i]) > kTooFlat * largest)) return std::nullopt;
        for (std::size_t j = 0; j < count; ++j) {
            if (j == i) continue;
            const double factor = equations[j][i] / equations[i][i];
            for (std::size_t k = i; k <= motion::kBodyPartCount; ++k) {
                equations[j][k] -= factor * equations[i][k];
            }
        }
    }
    std::vector<double> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        values[i] = equations[i][motion::kBodyPartCount] / equations[i][i];
        if (!std::isfinite(values[i])) return std::nullopt;
    }
    return values;
}

bool contains(const std::vector<int>& kept, int number) {
    return std::find(kept.begin(), kept.end(), number) != kept.end();
}

/// The heads of a selection for one part; their weights sum to 1.
std::vector<WeightedMap> headsOf(const inference::Analysis& analysis, const MapSelection& selection,
                                 motion::BodyPart part) {
    std::vector<WeightedMap> maps;
    for (const HeadPlace place : selection.picked) {
        if (contains(analysis.layers(), place.layer) && contains(analysis.heads(), place.head)) {
            maps.push_back({{part, place.layer, place.head}, 1.0F});
        }
    }
    if (maps.empty()) {
        inference::MapChoice choice{part, selection.layer, selection.head};
        if (choice.layer && !contains(analysis.layers(), *choice.layer)) choice.layer.reset();
        if (choice.head && !contains(analysis.heads(), *choice.head)) choice.head.reset();
        maps.push_back({choice, 1.0F});
    }
    for (WeightedMap& map : maps) {
        map.weight = 1.0F / static_cast<float>(maps.size());
    }
    return maps;
}

} // namespace

inference::PerPart<double> partWeights(const inference::Analysis& analysis) {
    inference::PerPart<double> weights;
    const auto& parts = analysis.parts();
    const std::size_t count = std::min<std::size_t>(parts.size(), motion::kBodyPartCount);
    if (count == 0) return weights;
    Normal equations{};
    constexpr std::size_t kEnough = 64; // windows: the weights are the same in all
    const auto windows = analysis.windows();
    for (const auto& window : windows.first(std::min(windows.size(), kEnough))) {
        addFrames(window, equations);
    }
    const auto found = solved(equations, count);
    for (std::size_t i = 0; i < count; ++i) {
        weights[parts[i]] = found ? (*found)[i] : 1.0 / static_cast<double>(count);
    }
    return weights;
}

std::vector<WeightedMap> mapsOf(const inference::Analysis& analysis,
                                const MapSelection& selection) {
    const auto& parts = analysis.parts();
    if (selection.part) {
        if (std::find(parts.begin(), parts.end(), *selection.part) == parts.end()) return {};
        return headsOf(analysis, selection, *selection.part);
    }
    const auto weights = partWeights(analysis);
    double sum = 0;
    for (const double weight : weights.values) {
        sum += weight;
    }
    std::vector<WeightedMap> all;
    for (const motion::BodyPart part : parts) {
        const double share =
            sum > 0 ? weights[part] / sum : 1.0 / static_cast<double>(parts.size());
        for (WeightedMap map : headsOf(analysis, selection, part)) {
            map.weight *= static_cast<float>(share);
            all.push_back(map);
        }
    }
    return all;
}

bool keepsHeads(const inference::Analysis& analysis) {
    return !contains(analysis.layers(), -1) && !contains(analysis.heads(), -1) &&
           !analysis.heads().empty();
}

} // namespace gesture::app
