// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/document/audio_track.h"
#include "app/studio/timeline/timeline_content.h"

#include <memory>

namespace gesture::test {

/// Speech-like sound, always the same: syllables with pauses.
[[nodiscard]] std::shared_ptr<const app::AudioTrack> plausibleSound(double seconds);

/// Words, score, importance, masks, takes and markers as a session would have them, always the
/// same; for a clip of so many frames at 30 fps.
[[nodiscard]] app::TimelineContent plausibleContent(std::int64_t frames);

} // namespace gesture::test
