// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/gestures/arm_solver.h"
#include "core/gestures/legs.h"
#include "core/gestures/mouth.h"
#include "core/gestures/speaker_style.h"
#include "core/gestures/trunk_score.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/clip.h"
#include "core/motion/forward_kinematics.h"

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace gesture::gestures {

/// Puts the parts of a body into the arrays of a clip at 30 frames a second. Spans have one value a
/// frame. One thread.
class PoseWriter {
public:
    explicit PoseWriter(std::size_t frames);

    void setLegs(std::span<const LegPose> legs);
    /// After the legs: the spine takes part of the pelvis's turns back.
    void setTrunk(std::span<const TrunkPose> trunk);
    void setFaces(std::span<const FacePose> faces);
    void setArm(Side side, std::span<const ArmPose> arm, std::span<const ArmVector> controls);

    [[nodiscard]] std::size_t frames() const { return frames_; }
    [[nodiscard]] motion::SkeletonPose skeletonAt(std::size_t frame) const;

    [[nodiscard]] motion::Clip::Data finish() &&;

private:
    void set(std::size_t frame, int joint, const Eigen::Vector3f& rotation);
    [[nodiscard]] Eigen::Vector3f get(std::size_t frame, int joint) const;

    std::size_t frames_;
    motion::Clip::Data data_;
};

} // namespace gesture::gestures
