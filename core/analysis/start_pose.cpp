// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/start_pose.h"

#include "core/base/paths.h"
#include "core/inference/clip_frames.h"
#include "core/io/motion_file.h"

namespace gesture::analysis {

namespace {

constexpr int kSeedFrames = 4;

} // namespace

OwnStartPose ownStartPose(const io::Bundle& bundle) {
    return bundle.manifest.tables.contains("start_pose") ? OwnStartPose::Yes : OwnStartPose::No;
}

Result<inference::MotionFrames> readStartPose(const std::filesystem::path& motion,
                                              OwnStartPose own) {
    if (motion.empty() && own == OwnStartPose::Yes) return inference::MotionFrames{};
    const auto clip =
        io::readMotionFile(motion.empty() ? resourceDirectory() / "demo" / "greeting.npz" : motion);
    if (!clip) return clip.error();
    return inference::firstFrames(*clip, kSeedFrames);
}

} // namespace gesture::analysis
