// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace gesture::app {

/// Whether the program can do its work without a part.
enum class PartState {
    Ok,
    Optional, ///< Absent, but only some features need it.
    Missing,  ///< Absent, and the program is of little use without it.
};

/// One line of `gesture doctor`.
struct DoctorCheck {
    std::string name;
    PartState state = PartState::Ok;
    std::string text;   ///< What was found.
    std::string advice; ///< What to do; empty when all is well.
};

/// Looks at OpenGL, ffmpeg, engine, GPU, avatar, demo and folders. Blocks for a second or two (the
/// engine computes a small product on each device).
[[nodiscard]] std::vector<DoctorCheck> examineMachine();

} // namespace gesture::app
