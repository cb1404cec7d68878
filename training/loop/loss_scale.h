// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace gesture::training {

/// The factor that keeps gradients of halves from vanishing (the rules of torch's GradScaler): it
/// doubles after 2,000 good steps and halves when a gradient overflowed; that step is then left
/// out. Value type.
struct LossScale {
    static constexpr std::int64_t kGrowthInterval = 2000;
    static constexpr double kSmallest = 1.0;

    double scale = 65536.0;
    std::int64_t goodSteps = 0; ///< Since the last change.

    enum class Gradients { Finite, Overflowed };
    void update(Gradients gradients) {
        if (gradients == Gradients::Overflowed) {
            scale *= 0.5;
            goodSteps = 0;
        } else if (++goodSteps >= kGrowthInterval) {
            scale *= 2.0;
            goodSteps = 0;
        }
    }
    /// Gradients overflow though losses are not magnified any more: something else is wrong.
    [[nodiscard]] bool exhausted() const { return scale < kSmallest; }

    bool operator==(const LossScale&) const = default;
};

} // namespace gesture::training
