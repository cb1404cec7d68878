// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/body_model.h"
#include "core/motion/clip.h"

namespace gesture::app {

/// Height of the ground under a clip, metres: the 5 % value of the lowest foot vertex over at most
/// 600 evenly spaced frames, so that feet neither hover nor sink. With no foot vertices 0.
[[nodiscard]] float groundUnder(const motion::Clip& clip, const motion::BodyModelData& model,
                                const motion::ShapedBody& body);

/// The same for the rest pose: its lowest vertex.
[[nodiscard]] float lowestRestVertex(const motion::ShapedBody& body);

} // namespace gesture::app
