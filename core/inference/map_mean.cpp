// SPDX-License-Identifier: Apache-2.0
#include "core/inference/map_mean.h"

#include "core/base/half_float.h"

#include <cmath>

namespace gesture::inference {

void appendMean(std::span<const std::uint16_t> maps, const MapGrid& grid, const MapSet& set,
                std::vector<std::uint16_t>& out) {
    const auto mapAt = [&](int layer, int head) {
        const auto index =
            (set.part * static_cast<std::size_t>(grid.layers) + static_cast<std::size_t>(layer)) *
                static_cast<std::size_t>(grid.heads) +
            static_cast<std::size_t>(head);
        return maps.subspan(index * grid.cells, grid.cells);
    };
    const std::size_t count = set.layers.size() * set.heads.size();
    if (count == 1) {
        const auto only = mapAt(set.layers[0], set.heads[0]);
        out.insert(out.end(), only.begin(), only.end());
        return;
    }
    std::vector<float> sum(grid.cells, 0.0F);
    for (const int layer : set.layers)
        for (const int head : set.heads) {
            const auto map = mapAt(layer, head);
            for (std::size_t i = 0; i < grid.cells; ++i)
                sum[i] += floatFromHalf(map[i]);
        }
    for (const float value : sum)
        out.push_back(halfFromFloat(value / static_cast<float>(count)));
}

void StitchedMap::fillRow(std::span<const AttentionWindow* const> covering, std::int64_t speech,
                          std::int64_t first, std::span<float> row) const {
    const auto share = 1.0F / static_cast<float>(covering.size() * layers.size() * heads.size());
    for (const AttentionWindow* window : covering) {
        const auto size = static_cast<std::size_t>(window->frames);
        const auto offset = static_cast<std::size_t>(window->begin.value - first);
        const auto speechRow = static_cast<std::size_t>(speech - window->begin.value);
        const auto out = row.subspan(offset, size);
        for (float& cell : out)
            if (std::isnan(cell)) cell = 0.0F;
        for (const std::size_t layer : layers)
            for (const std::size_t head : heads) {
                const std::size_t map = (part * static_cast<std::size_t>(window->layers) + layer) *
                                            static_cast<std::size_t>(window->heads) +
                                        head;
                const auto weights =
                    std::span(window->maps).subspan((map * size + speechRow) * size, size);
                for (std::size_t i = 0; i < size; ++i)
                    out[i] += share * floatFromHalf(weights[i]);
            }
    }
}

} // namespace gesture::inference
