// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/services/sound_output.h"

#include <memory>

namespace gesture::app {

/// The default device of the system, played by a QAudioSink on a thread of its own. Nothing when
/// the system has none, or none that plays stereo as float or 16 bits.
[[nodiscard]] std::unique_ptr<SoundOutput> openDefaultSoundOutput();

} // namespace gesture::app
