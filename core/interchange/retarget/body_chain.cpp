// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/body_chain.h"

#include <algorithm>

namespace gesture::interchange {

WorldTurns worldTurnsOf(std::span<const float, motion::kPoseSize> axisAngles) {
    WorldTurns turns;
    for (std::size_t j = 0; j < turns.size(); ++j) {
        const Eigen::Vector3d vector =
            Eigen::Vector3f(axisAngles[3 * j], axisAngles[3 * j + 1], axisAngles[3 * j + 2])
                .cast<double>();
        const double angle = vector.norm();
        const Eigen::Vector3d axis =
            angle > 0 ? Eigen::Vector3d(vector / angle) : Eigen::Vector3d(Eigen::Vector3d::UnitX());
        const Eigen::Quaterniond local(Eigen::AngleAxisd(angle, axis));
        const int parent = motion::jointParents()[j];
        turns[j] = parent < 0 ? local : turns[static_cast<std::size_t>(parent)] * local;
    }
    return turns;
}

std::vector<Eigen::Quaterniond> spreadAlong(std::span<const Eigen::Quaterniond> turns,
                                            std::size_t count) {
    std::vector<Eigen::Quaterniond> result;
    const auto steps = static_cast<double>(turns.size() - 1);
    for (std::size_t i = 1; i <= count; ++i) {
        const double at = steps * static_cast<double>(i) / static_cast<double>(count);
        const auto key = std::min(static_cast<std::size_t>(at), turns.size() - 2);
        result.push_back(turns[key].slerp(at - static_cast<double>(key), turns[key + 1]));
    }
    return result;
}

} // namespace gesture::interchange
