// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/motion/body_model.h"
#include "core/motion/clip.h"

#include <span>
#include <vector>

namespace gesture::motion {

/// A foot joint that moves less than this to the next frame stands on the ground: 1 cm, whatever
/// the frame rate (preparation of BEAT2, datasets/foot_contact.py).
inline constexpr float kContactMetresPerFrame = 0.01F;

/// Contacts (frames, 4) of left ankle, right ankle, left foot, right foot: 1 where the joint
/// stands, else 0; the last frame is 1. `joints` is (frames, 55, 3) metres.
[[nodiscard]] std::vector<float> footContacts(std::span<const float> joints);

/// The same for a clip on a body (its own shape, with the clip's expressions). Cancelled when
/// stopped.
[[nodiscard]] Result<std::vector<float>> footContacts(const Clip& clip, const ShapedBody& body,
                                                      JobControl& control);

} // namespace gesture::motion
