// SPDX-License-Identifier: Apache-2.0
#include "core/base/time.h"

#include <cmath>

namespace gesture {

FrameIndex FrameRate::frameAt(Seconds time) const {
    constexpr double kSlackSeconds = 1e-6;
    return {static_cast<std::int64_t>(std::floor((time.value + kSlackSeconds) * perSecond()))};
}

} // namespace gesture
