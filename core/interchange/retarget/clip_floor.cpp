// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/clip_floor.h"

#include "core/motion/forward_kinematics.h"

#include <algorithm>

namespace gesture::interchange {

Result<double> floorUnder(const motion::Clip& clip, const BodySize& body, JobControl& control) {
    constexpr std::int64_t kMostSamples = 2000;
    constexpr std::array kFeet{motion::kLeftAnkle, motion::kRightAnkle, motion::kLeftFoot,
                               motion::kRightFoot};
    const std::int64_t step = std::max<std::int64_t>(1, clip.frameCount() / kMostSamples);
    std::vector<double> heights;
    for (std::int64_t frame = 0; frame < clip.frameCount(); frame += step) {
        if (control.stopRequested()) return JobControl::cancelled("Finding the floor");
        const auto moved = clip.translation({frame});
        const motion::SkeletonPose pose = motion::forwardKinematics(
            motion::localRotations(clip.pose({frame})), body.rest, {moved[0], moved[1], moved[2]});
        double lowest = 1e9;
        for (const int joint : kFeet) {
            const double standing = restAt(body.rest, joint).y() - body.soleHeight;
            const double now =
                static_cast<double>(pose.positions[static_cast<std::size_t>(joint)].y());
            lowest = std::min(lowest, now - standing);
        }
        heights.push_back(lowest);
    }
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    return *middle;
}

} // namespace gesture::interchange
