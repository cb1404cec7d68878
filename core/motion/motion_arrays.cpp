// SPDX-License-Identifier: Apache-2.0
#include "core/motion/motion_arrays.h"

#include "core/motion/clip.h"
#include "core/motion/representation.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string_view>

namespace gesture::motion {

namespace {

Status checkArray(std::string_view name, std::span<const float> values, std::size_t frames,
                  std::size_t columns) {
    if (values.size() != frames * columns)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The motion's {} hold {} numbers; {} frames need {}.", name,
                                 values.size(), frames, frames * columns)};
    const auto bad = std::ranges::find_if_not(values, [](float v) { return std::isfinite(v); });
    if (bad == values.end()) return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("The motion's {} hold a number that is not finite in frame {}.", name,
                             static_cast<std::size_t>(bad - values.begin()) / columns)};
}

} // namespace

Status checkMotion(const MotionView& motion) {
    const auto frames = static_cast<std::size_t>(motion.frames());
    if (motion.frames() > Clip::kMaxFrames)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("The motion has {} frames; up to {} are accepted.", frames,
                                 Clip::kMaxFrames)};
    if (auto status = checkArray("translations", motion.translations, frames, 3); !status)
        return status;
    if (auto status = checkArray("poses", motion.poses, frames, kPoseSize); !status) return status;
    if (auto status = checkArray("expressions", motion.expressions, frames, kExpressionCount);
        !status)
        return status;
    return checkArray("contacts", motion.contacts, motion.contacts.empty() ? 0 : frames,
                      kContactCount);
}

} // namespace gesture::motion
