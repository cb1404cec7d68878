// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace gesture::training {

/// How the learning rate changes. Value type.
struct Schedule {
    enum class Kind {
        Constant,
        Step,   ///< Times `factor` after every `everyEpochs` epochs.
        Cosine, ///< Half a cosine from the rate to `floor` of it at the last step.
    };

    Kind kind = Kind::Constant;
    double rate = 1e-3;
    double factor = 0.1;
    std::int64_t everyEpochs = 1;
    double floor = 0.0;      ///< Share of the rate, 0 to 1.
    std::int64_t warmUp = 0; ///< Steps in which the rate rises in a straight line.

    /// The rate of a step (from 0).
    [[nodiscard]] double rateAt(std::int64_t step, std::int64_t stepsPerEpoch,
                                std::int64_t totalSteps) const;
};

} // namespace gesture::training
