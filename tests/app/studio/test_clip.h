// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/document/audio_track.h"
#include "core/motion/clip.h"

#include <memory>

namespace gesture::test {

/// A motion in the rest pose, 30 fps.
inline std::shared_ptr<const motion::Clip> clipOf(std::size_t frames) {
    motion::Clip::Data data;
    data.poses.assign(frames * motion::kPoseSize, 0.0F);
    data.translations.assign(frames * 3, 0.0F);
    return std::make_shared<const motion::Clip>(motion::Clip::create(std::move(data)).value());
}

/// A sound without samples, only its length is known.
inline std::shared_ptr<const app::AudioTrack> trackOf(double seconds) {
    app::AudioTrack track;
    track.path = "sound.wav";
    track.info.sampleRate = 16000;
    track.info.channels = 1;
    track.info.sampleCount = static_cast<std::int64_t>(seconds * 16000);
    return std::make_shared<const app::AudioTrack>(std::move(track));
}

} // namespace gesture::test
