// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/body_model.h"
#include "core/motion/clip.h"

namespace gesture::motion {

/// Height of the ground under a clip, metres: the 5 % value of the lowest foot vertex over at most
/// 600 evenly spaced frames, so that feet neither hover nor sink. With no foot vertices 0.
[[nodiscard]] float groundUnder(const Clip& clip, const BodyModelData& model,
                                const ShapedBody& body);

/// The same for the rest pose: its lowest vertex.
[[nodiscard]] float lowestRestVertex(const ShapedBody& body);

} // namespace gesture::motion
