// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/roc.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gesture::app {

RocCurve rocOf(std::span<const float> score, std::span<const float> meant) {
    std::vector<std::pair<float, bool>> rated;
    for (std::size_t i = 0; i < std::min(score.size(), meant.size()); ++i) {
        if (std::isnan(score[i]) || std::isnan(meant[i])) continue;
        rated.emplace_back(score[i], meant[i] > 0.5F);
    }
    const auto yes = static_cast<double>(
        std::count_if(rated.begin(), rated.end(), [](const auto& each) { return each.second; }));
    const double no = static_cast<double>(rated.size()) - yes;
    RocCurve curve;
    if (yes == 0 || no == 0) return curve;
    std::sort(rated.begin(), rated.end(),
              [](const auto& a, const auto& b) { return a.first > b.first; });
    curve.points.push_back({});
    curve.area = 0;
    double found = 0;
    double wrong = 0;
    for (std::size_t i = 0; i < rated.size(); ++i) {
        (rated[i].second ? found : wrong) += 1;
        if (i + 1 < rated.size() && rated[i + 1].first == rated[i].first) continue;
        const RocPoint before = curve.points.back();
        const RocPoint point{wrong / no, found / yes};
        curve.area +=
            (point.falseShare - before.falseShare) * (point.trueShare + before.trueShare) / 2;
        curve.points.push_back(point);
    }
    return curve;
}

} // namespace gesture::app
