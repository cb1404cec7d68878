// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/motion/body_model.h"
#include "core/motion/clip.h"

#include <cstdint>
#include <memory>

namespace gesture::interchange {

/// Where the body goes in an exported motion.
enum class RootMode : std::uint8_t {
    Full,       ///< As the motion says.
    InPlace,    ///< Sway and height, but no slow way along the ground.
    FeetLocked, ///< Standing feet do not slide; the root gives way.
    None,       ///< The first frame's place throughout.
};

/// The motion with another way of the root; `clip` itself for Full. `body` wears it. Cancelled.
[[nodiscard]] Result<std::shared_ptr<const motion::Clip>>
withRootMode(std::shared_ptr<const motion::Clip> clip, const motion::ShapedBody& body,
             RootMode mode, JobControl& control);

} // namespace gesture::interchange
