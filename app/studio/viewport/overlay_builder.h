// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/viewport/scene_bodies.h"
#include "app/studio/viewport/scene_overlay.h"
#include "app/studio/viewport/viewport_content.h"
#include "render/camera.h"

#include <QSize>

namespace gesture::app {

/// What the overlay is made from; references must outlive the call.
struct OverlayInput {
    const SceneBodies& bodies;
    const ViewportContent& content;
    const SceneLook& look;
    const render::Camera& camera;
    QSize view; ///< Logical px.
    FrameIndex frame;
    FrameRate rate;
    FrameRange clip;                ///< All frames.
    std::optional<int> chosenJoint; ///< Has a path besides the wrists.
};

/// Paths are those of the selection if the frame lies in it, else of 20 frames each way, and of at
/// most 300. They are coloured by the importance of the joint's part, or where that is not known by
/// speed (1.5 m/s is the end of the scale).
[[nodiscard]] OverlayPicture overlayOf(const OverlayInput& input);

/// Frames whose path is shown.
[[nodiscard]] FrameRange trailFrames(const OverlayInput& input);

/// Words around the frame for the caption: those between two pauses, at most seven.
struct Caption {
    QStringList words;
    int current = -1;
};
[[nodiscard]] Caption captionAt(const audio::Transcript& transcript, Seconds time);

} // namespace gesture::app
