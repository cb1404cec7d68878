// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/timeline_content.h"
#include "core/audio/transcript.h"
#include "core/motion/clip.h"

#include <QString>

#include <array>
#include <memory>
#include <optional>

namespace gesture::app {

/// A take as the viewport names it.
struct NamedTake {
    QString name;
    QString recipe; ///< "seed 7 · 0.60"

    bool operator==(const NamedTake&) const = default;
};

/// What the viewport shows besides the motion of take A. Value type; large members are shared and
/// immutable.
struct ViewportContent {
    std::shared_ptr<const motion::Clip> compared; ///< Take B; null: none.
    std::array<NamedTake, 2> names;               ///< By TakeSide.
    std::array<std::shared_ptr<const ImportanceCurves>, 2> importance;
    inference::EditMask mask;
    std::shared_ptr<const audio::Transcript> transcript;
    std::optional<FrameRange> selection; ///< Paths are shown of these frames.
};

} // namespace gesture::app
