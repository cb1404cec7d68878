// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::app {

/// Sizes of the timeline in logical px, by the height of the window.
struct Density {
    int ruler = 26;
    int speech = 56;
    int words = 24;
    int semantic = 46;
    int attention = 18;
    int importance = 48;
    int mask = 22;
    int take = 26;
    int wholeClip = 24;
    int header = 216;
    int transport = 42;
    bool secondLine = true; ///< Lane headers have a second line of text.

    bool operator==(const Density&) const = default;
};

inline constexpr Density kCompactDensity{24, 36, 22, 30, 14, 30, 16, 20, 20, 176, 38, false};
inline constexpr Density kStandardDensity{};
inline constexpr Density kComfortableDensity{28, 88, 28, 72, 24, 80, 28, 32, 32, 240, 42, true};

/// A lane that was folded up.
inline constexpr int kCollapsedLane = 14;

[[nodiscard]] constexpr Density densityOf(int windowHeight) {
    if (windowHeight < 860) return kCompactDensity;
    if (windowHeight < 1300) return kStandardDensity;
    return kComfortableDensity;
}

} // namespace gesture::app
