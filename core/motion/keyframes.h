// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace gesture::motion {

/// Share of the way done after the share `u` of the time in a movement of least jerk, from rest to
/// rest (Flash and Hogan 1985): how hands move between two points.
[[nodiscard]] constexpr float minimumJerk(float u) {
    const float t = std::clamp(u, 0.0F, 1.0F);
    return t * t * t * (10.0F + t * (-15.0F + 6.0F * t));
}

/// A value that is reached at a time and left with rest.
template <typename Value>
struct Key {
    float seconds;
    Value value;
};

/// Value at `seconds`: minimum-jerk movements from key to key; before the first and after the last
/// key it stands still. `keys` are in order of time and not empty. `Value` needs +, - and * float.
template <typename Value>
[[nodiscard]] Value valueAt(std::span<const Key<Value>> keys, float seconds) {
    std::size_t next = 0;
    while (next < keys.size() && keys[next].seconds <= seconds) {
        ++next;
    }
    if (next == 0) return keys.front().value;
    if (next == keys.size()) return keys.back().value;
    const Key<Value>& from = keys[next - 1];
    const Key<Value>& to = keys[next];
    const float done = minimumJerk((seconds - from.seconds) / (to.seconds - from.seconds));
    return from.value + (to.value - from.value) * done;
}

/// A rise from 0 to 1 and back with its peak at `peak` seconds.
[[nodiscard]] constexpr float pulse(float seconds, float peak, float rise, float fall) {
    return seconds < peak ? minimumJerk((seconds - peak + rise) / rise)
                          : 1.0F - minimumJerk((seconds - peak) / fall);
}

} // namespace gesture::motion
