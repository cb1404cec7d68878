// SPDX-License-Identifier: Apache-2.0
#include "training/loop/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::training {

double Schedule::rateAt(std::int64_t step, std::int64_t stepsPerEpoch,
                        std::int64_t totalSteps) const {
    if (step < warmUp) return rate * static_cast<double>(step + 1) / static_cast<double>(warmUp);
    switch (kind) {
    case Kind::Constant:
        return rate;
    case Kind::Step: {
        const std::int64_t epoch = step / std::max<std::int64_t>(1, stepsPerEpoch);
        const std::int64_t times = epoch / std::max<std::int64_t>(1, everyEpochs);
        return rate * std::pow(factor, static_cast<double>(times));
    }
    case Kind::Cosine: {
        const auto length = static_cast<double>(std::max<std::int64_t>(1, totalSteps - warmUp));
        const double share = std::min(1.0, static_cast<double>(step - warmUp) / length);
        return rate * (floor + (1.0 - floor) * 0.5 * (1.0 + std::cos(std::numbers::pi * share)));
    }
    }
    return rate;
}

} // namespace gesture::training
