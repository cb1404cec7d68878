// SPDX-License-Identifier: Apache-2.0
#include "core/inference/finish_motion.h"

#include "core/inference/edit_mask.h"
#include "core/inference/pose_targets.h"
#include "core/motion/composite.h"
#include "core/motion/foot_contact.h"
#include "core/motion/foot_lock.h"
#include "core/motion/forward_kinematics.h"
#include "core/motion/root_drift.h"
#include "core/motion/smoothing.h"

#include <algorithm>

namespace gesture::inference {

namespace {

constexpr FrameRate kRate{30, 1};

/// Contacts that follow from where the joints are.
Result<std::vector<float>> contactsFromJoints(const MotionFrames& motion,
                                              std::span<const float, motion::kPoseSize> restJoints,
                                              JobControl& control) {
    constexpr std::size_t kFramesPerStep = 256;
    std::vector<float> joints;
    joints.reserve(motion.poses.size());
    for (std::size_t frame = 0; frame < static_cast<std::size_t>(motion.count()); ++frame) {
        if (frame % kFramesPerStep == 0 && control.stopRequested())
            return JobControl::cancelled("Finding foot contacts");
        const std::span<const float, motion::kPoseSize> pose(
            &motion.poses[frame * motion::kPoseSize], motion::kPoseSize);
        const float* const at = &motion.translations[3 * frame];
        const auto posed = motion::forwardKinematics(motion::localRotations(pose), restJoints,
                                                     {at[0], at[1], at[2]});
        for (const Eigen::Vector3f& position : posed.positions) {
            joints.insert(joints.end(), position.data(), position.data() + 3);
        }
    }
    return motion::footContacts(joints);
}

Status lockStandingFeet(MotionFrames& motion, std::span<const float, motion::kPoseSize> restJoints,
                        JobControl& control) {
    std::vector<float> contacts = motion.contacts;
    if (contacts.empty()) {
        auto found = contactsFromJoints(motion, restJoints, control);
        if (!found) return std::move(found).error();
        contacts = std::move(found).value();
    }
    return motion::lockFeet(spansOf(motion), motion::cleanContacts(contacts), restJoints,
                            motion::FootLock::RootAndLegs, control);
}

Status moveRoot(MotionFrames& motion, RootMotion root,
                std::span<const float, motion::kPoseSize> restJoints, JobControl& control) {
    switch (root) {
    case RootMotion::Full:
        break;
    case RootMotion::InPlace:
        motion::removeRootDrift(motion.translations, kRate);
        break;
    case RootMotion::FeetLocked:
        return lockStandingFeet(motion, restJoints, control);
    case RootMotion::None:
        motion::holdRoot(motion.translations);
        break;
    }
    return Status::success();
}

} // namespace

motion::MotionView viewOf(const MotionFrames& motion) {
    return {motion.poses, motion.translations, motion.expressions, motion.contacts};
}

motion::MotionSpans spansOf(MotionFrames& motion) {
    return {motion.poses, motion.translations, motion.expressions, motion.contacts};
}

Result<MotionFrames> finishMotion(MotionFrames motion, const GenerateOptions& options,
                                  std::span<const float, motion::kPoseSize> restJoints,
                                  JobControl& control) {
    if (auto status = motion::checkMotion(viewOf(motion)); !status)
        return std::move(status).error();
    if (options.smooth) {
        auto status = motion::smoothMotion(spansOf(motion), kRate, {}, control);
        if (!status) return std::move(status).error();
    }
    if (auto status = moveRoot(motion, options.root, restJoints, control); !status)
        return std::move(status).error();
    return motion;
}

Result<FinishedEdit> finishEdit(const EditRequest& request, const MotionFrames& made,
                                std::span<const float, motion::kPoseSize> restJoints) {
    for (const MotionFrames* const motion : {&request.motion, &made}) {
        if (auto status = motion::checkMotion(viewOf(*motion)); !status)
            return std::move(status).error();
    }
    auto mask = EditMask::fromCells(request.mask);
    if (!mask) return std::move(mask).error();
    FinishedEdit edit{request.motion, {}};
    const auto composed = motion::composeMotion(viewOf(request.motion), viewOf(made), request.mask,
                                                {request.margin}, spansOf(edit.motion));
    if (!composed) return composed.error();
    auto notes = applyPoseTargets({request.pins, request.targets, request.margin}, *mask,
                                  restJoints, edit.motion);
    if (!notes) return std::move(notes).error();
    edit.notes = std::move(notes).value();
    return edit;
}

} // namespace gesture::inference
