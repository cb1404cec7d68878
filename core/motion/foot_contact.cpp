// SPDX-License-Identifier: Apache-2.0
#include "core/motion/foot_contact.h"

#include "core/base/assert.h"
#include "core/motion/representation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace gesture::motion {

namespace {

constexpr std::array<int, kContactCount> kContactJoints = {kLeftAnkle, kRightAnkle, kLeftFoot,
                                                           kRightFoot};
constexpr std::int64_t kFramesPerStep = 512;

/// Metres between two points of three numbers each.
float distance(const float* a, const float* b) {
    const float x = b[0] - a[0];
    const float y = b[1] - a[1];
    const float z = b[2] - a[2];
    return std::sqrt(x * x + y * y + z * z);
}

} // namespace

std::vector<float> footContacts(std::span<const float> joints) {
    GESTURE_ASSERT(joints.size() % kPoseSize == 0);
    const std::size_t frames = joints.size() / kPoseSize;
    std::vector<float> contacts(frames * kContactCount, 1.0F);
    for (std::size_t frame = 0; frame + 1 < frames; ++frame) {
        for (std::size_t c = 0; c < kContactJoints.size(); ++c) {
            const float* const now =
                &joints[frame * kPoseSize + 3 * static_cast<std::size_t>(kContactJoints[c])];
            if (distance(now, now + kPoseSize) < kContactMetresPerFrame) continue;
            contacts[frame * kContactCount + c] = 0.0F;
        }
    }
    return contacts;
}

Result<std::vector<float>> footContacts(const Clip& clip, const ShapedBody& body,
                                        JobControl& control) {
    std::vector<float> joints(clip.poses().size());
    std::vector<BodyPose> poses;
    control.beginStage("Finding foot contacts", clip.frameCount());
    for (std::int64_t first = 0; first < clip.frameCount(); first += kFramesPerStep) {
        if (control.stopRequested()) return JobControl::cancelled("Finding foot contacts");
        const std::int64_t last = std::min(first + kFramesPerStep, clip.frameCount());
        poses.clear();
        for (FrameIndex frame{first}; frame.value < last; frame = frame + 1) {
            poses.push_back({clip.pose(frame), clip.translation(frame), clip.expression(frame)});
        }
        body.poseMany(poses, {},
                      std::span(joints).subspan(static_cast<std::size_t>(first) * kPoseSize,
                                                poses.size() * kPoseSize));
        control.advanceTo(last);
    }
    return footContacts(joints);
}

} // namespace gesture::motion
