// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::app {

/// Sizes of the timeline in logical px, by the height of the window.
struct Density {
    int ruler = 26;
    int speech = 56; ///< At least; the lane takes what is left.
    int wholeClip = 24;
    int header = 216;
    int transport = 42;
    bool secondLine = true; ///< Lane headers have a second line of text.
};

[[nodiscard]] constexpr Density densityOf(int windowHeight) {
    if (windowHeight < 860) return {24, 36, 20, 176, 38, false};
    if (windowHeight < 1300) return {};
    return {28, 88, 32, 240, 42, true};
}

} // namespace gesture::app
