// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/motion_feature_reader.h"

#include "core/models/bundle/load_network.h"
#include "core/models/generation/window_tensors.h"
#include "core/motion/representation.h"

#include <ATen/ops/from_blob.h>

#include <fmt/format.h>
#include <utility>
#include <vector>

namespace gesture::models {

namespace {

constexpr std::string_view kRole = "motion_features";

} // namespace

Status MotionFeatureReader::load(const std::filesystem::path& bundle, Placement placement) {
    const auto opened = io::openBundle(bundle);
    if (!opened) return opened.error();
    const bool same = network_ && folder_ == bundle && hash_ == opened->hash &&
                      placement_.device == placement.device && placement_.type == placement.type;
    if (same) return Status::success();
    network_.reset();
    auto network = loadNetwork<MotionFeatures>(*opened, kRole, placement);
    if (!network) return std::move(network).error();
    network_ = std::move(*network);
    folder_ = bundle;
    hash_ = opened->hash;
    placement_ = placement;
    return Status::success();
}

Result<inference::MotionFeatureRows>
MotionFeatureReader::read(const inference::MotionFrames& motion, JobControl& control) const {
    const std::int64_t frames = MotionFeatures::usableFrames(motion.count());
    if (frames == 0)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The motion has {} frames: features are taken of 32 and more.",
                                 motion.count())};
    control.beginStage("Taking features of a motion", 1);
    std::vector<float> rotations(static_cast<std::size_t>(frames * motion::kRotationChannels));
    for (std::size_t frame = 0; frame < static_cast<std::size_t>(frames); ++frame)
        motion::encodePose(
            std::span<const float, motion::kPoseSize>(&motion.poses[frame * motion::kPoseSize],
                                                      motion::kPoseSize),
            std::span<float, motion::kRotationChannels>(
                &rotations[frame * motion::kRotationChannels], motion::kRotationChannels));
    if (control.stopRequested()) return JobControl::cancelled("Taking features of a motion");
    const at::Tensor input =
        at::from_blob(rotations.data(), {1, frames, motion::kRotationChannels}, at::kFloat)
            .to(placement_.device, placement_.type);
    inference::MotionFeatureRows rows{floats((*network_)(input))};
    control.advanceTo(1);
    return rows;
}

} // namespace gesture::models
