// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::app {

/// Which of the two compared takes the view shows, and how.
enum class TakeView { A, B, Split, Overlay, Difference };

/// What the body is coloured by.
enum class BodyHeat {
    Off,
    Importance, ///< Of the part at this frame, from the attention map.
    Mask,       ///< Parts that would be made anew at this frame.
    Difference, ///< How far joints of A and B are apart.
};

/// What the view shows besides the body as it is. Value type.
struct ViewOverlays {
    static constexpr int kMostGhosts = 5;
    static constexpr int kMostGhostStep = 15;

    TakeView takes = TakeView::A;
    bool flipped = false; ///< A and B have changed places while a key is held.
    BodyHeat heat = BodyHeat::Off;
    bool ghosts = false;
    int ghostCount = 1; ///< Each way, 1..kMostGhosts.
    int ghostStep = 8;  ///< Frames between ghosts, 1..kMostGhostStep.
    bool trails = false;
    bool contacts = false;
    bool captions = false;

    bool operator==(const ViewOverlays&) const = default;
};

} // namespace gesture::app
