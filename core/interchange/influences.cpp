// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/influences.h"

#include <algorithm>

namespace gesture::interchange {

std::vector<SceneMesh::Influence>
heaviestInfluences(const std::vector<SceneMesh::Influence>& influences, std::size_t most) {
    std::vector<SceneMesh::Influence> result;
    for (const SceneMesh::Influence& influence : influences)
        if (influence.weight > 0) result.push_back(influence);
    std::stable_sort(result.begin(), result.end(),
                     [](const auto& a, const auto& b) { return a.weight > b.weight; });
    if (result.size() > most) result.resize(most);
    if (result.empty()) result.push_back({0, 1.0F});
    float sum = 0;
    for (const SceneMesh::Influence& influence : result)
        sum += influence.weight;
    for (SceneMesh::Influence& influence : result)
        influence.weight /= sum;
    return result;
}

} // namespace gesture::interchange
