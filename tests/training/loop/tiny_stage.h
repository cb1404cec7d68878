// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/stage.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gesture::training::test {

/// A perceptron with dropout and a running mean (a buffer) that learns a smooth function of 8
/// numbers: everything that a stage has, in milliseconds.
struct TinyOptions {
    std::int64_t width = 16;
    double dropout = 0.1;
    std::int64_t batch = 8;
    std::int64_t samples = 80;
    std::uint64_t seed = 1;
    std::int64_t badStep = -1;        ///< In this step the gradient of "second.bias" is no number.
    std::int64_t badLossStep = -1;    ///< In this step the loss is infinite.
    std::int64_t brokenDataStep = -1; ///< The data fails at this step.
};

[[nodiscard]] std::unique_ptr<Stage> makeTinyStage(const TinyOptions& options);
[[nodiscard]] std::unique_ptr<BatchSource> makeTinyData(const TinyOptions& options);

} // namespace gesture::training::test
