// SPDX-License-Identifier: Apache-2.0
#include "core/motion/root_drift.h"

#include "core/motion/low_pass.h"

#include <array>
#include <cstddef>
#include <vector>

namespace gesture::motion {

void removeRootDrift(std::span<float> translations, FrameRate rate, double driftHertz) {
    const std::vector<float> slow = LowPass(driftHertz, rate)(translations, 3);
    for (const std::size_t axis : {std::size_t{0}, std::size_t{2}}) {
        if (translations.empty()) return;
        const float start = translations[axis];
        for (std::size_t i = axis; i < translations.size(); i += 3) {
            translations[i] = start + (translations[i] - slow[i]);
        }
    }
}

void holdRoot(std::span<float> translations) {
    for (std::size_t i = 3; i < translations.size(); ++i) {
        translations[i] = translations[i - 3];
    }
}

} // namespace gesture::motion
