// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/generator_io.h"

namespace gesture::test {

/// Largest difference from the authors' numbers that rounding in another order can make of logits
/// (they were computed by another version of torch on another machine).
inline constexpr double kLogitTolerance = 2e-3;

enum class GoldenMask {
    Seed, ///< Hidden from frame 4 on.
    Part, ///< Hidden: frames 24 to 43, and the hands' channels in frames 44 to 51.
    None, ///< All visible.
};

/// The window that the golden values were computed on: motion, mask, speaker 1; batch 1.
[[nodiscard]] models::MotionContext goldenContext(GoldenMask mask);

/// The six numbers that a golden table gives of a part.
struct PartGolden {
    double firstLogit;
    double lastLogit;
    double mean;
    double deviation;
    double firstLatent;
    double lastLatent;
};
void expectPart(const models::PartPrediction& part, const PartGolden& golden);

/// Element of a tensor by its index along each axis.
[[nodiscard]] double at(const at::Tensor& tensor, std::initializer_list<std::int64_t> index);

} // namespace gesture::test
