// SPDX-License-Identifier: Apache-2.0
#include "core/inference/pose_targets.h"

#include "core/motion/forward_kinematics.h"
#include "core/motion/keyframes.h"
#include "core/motion/limb_reach.h"
#include "core/motion/rotation_blend.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace gesture::inference {

namespace {

using Eigen::Vector3f;
using motion::BodyPart;

constexpr FrameRate kRate{30, 1};
constexpr float kReachedMetres = 0.01F;

using JointVector = std::array<float, 3>;
/// Rotations that a joint is held to, by frame.
using JointTargets = std::map<std::int64_t, JointVector>;
using AllTargets = std::map<int, JointTargets>;

double secondsOf(FrameIndex frame) { return kRate.timeOf(frame).value; }

BodyPart ownerOf(int joint) { return motion::partOf(joint).value_or(BodyPart::Face); }

std::span<float, 3> rotationAt(MotionFrames& motion, std::int64_t frame, int joint) {
    const std::size_t at =
        static_cast<std::size_t>(frame) * motion::kPoseSize + 3 * static_cast<std::size_t>(joint);
    return std::span<float, 3>(&motion.poses[at], 3);
}

std::span<const float, motion::kPoseSize> poseAt(const MotionFrames& motion, FrameIndex frame) {
    return std::span<const float, motion::kPoseSize>(
        &motion.poses[static_cast<std::size_t>(frame.value) * motion::kPoseSize],
        motion::kPoseSize);
}

/// Why a target at a frame cannot be; `what` begins the sentence.
Status checkPlace(const std::string& what, FrameIndex frame, BodyPart part, const EditMask& mask) {
    if (frame.value < 0 || frame.value >= mask.frameCount())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("{} is at frame {}, but the motion has {} frames.", what,
                                 frame.value, mask.frameCount())};
    if (mask.at(frame, part)) return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("{} at {:.2f} s lies where the {} is not masked. Mask that frame, or "
                             "remove the target.",
                             what, secondsOf(frame), motion::nameOf(part))};
}

Status checkPin(const PinnedPose& pin, const EditMask& mask) {
    if (pin.pose.size() != motion::kPoseSize)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The pinned pose at frame {} has {} numbers; a pose has {}.",
                                 pin.frame.value, pin.pose.size(), motion::kPoseSize)};
    for (const std::uint8_t joint : pin.joints) {
        if (joint >= motion::kJointCount)
            return Error{ErrorCode::InvalidInput, fmt::format("Joint {} is pinned; there are {}.",
                                                              joint, motion::kJointCount)};
        const std::string what = fmt::format("The pin of '{}'", motion::jointNames()[joint]);
        if (auto status = checkPlace(what, pin.frame, ownerOf(joint), mask); !status) return status;
        const auto rotation = std::span(pin.pose).subspan(3 * std::size_t{joint}, 3);
        if (!std::ranges::all_of(rotation, [](float v) { return std::isfinite(v); }))
            return Error{ErrorCode::InvalidInput,
                         fmt::format("{} at frame {} is not finite.", what, pin.frame.value)};
    }
    return Status::success();
}

std::string_view nameOfHand(const HandTarget& hand) {
    return hand.wrist == motion::kLeftWrist ? "left hand" : "right hand";
}

Status checkHand(const HandTarget& hand, const EditMask& mask) {
    if (hand.wrist != motion::kLeftWrist && hand.wrist != motion::kRightWrist)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Joint {} has a target for a hand, but is no wrist.", hand.wrist)};
    const std::string what = fmt::format("The target of the {}", nameOfHand(hand));
    if (!std::ranges::all_of(hand.position, [](float v) { return std::isfinite(v); }))
        return Error{ErrorCode::InvalidInput,
                     fmt::format("{} at frame {} is not finite.", what, hand.frame.value)};
    return checkPlace(what, hand.frame, BodyPart::Upper, mask);
}

Status checkTargets(const PoseTargets& targets, const EditMask& mask) {
    for (const PinnedPose& pin : targets.pins) {
        if (auto status = checkPin(pin, mask); !status) return status;
    }
    for (const HandTarget& hand : targets.hands) {
        if (auto status = checkHand(hand, mask); !status) return status;
    }
    return Status::success();
}

/// A rotation that is added around a frame, more the nearer it is.
struct Pull {
    std::int64_t frame = 0;
    std::int64_t before = 0; ///< Frames to where it begins,
    std::int64_t after = 0;  ///< and to where it has ended.
    Eigen::Vector3d turn;    ///< In the joint's own frame.

    [[nodiscard]] double strengthAt(std::int64_t at) const {
        const std::int64_t away = at < frame ? frame - at : at - frame;
        const std::int64_t reach = at < frame ? before : after;
        if (away >= reach) return 0.0;
        return static_cast<double>(
            motion::minimumJerk(1.0F - static_cast<float>(away) / static_cast<float>(reach)));
    }
};

/// Frames from `frame` in a direction (-1, 1) to the first one that must not change.
std::int64_t freeFrames(const EditMask& mask, BodyPart part, std::int64_t frame,
                        std::int64_t direction, std::int64_t most) {
    for (std::int64_t away = 1; away < most; ++away) {
        const std::int64_t at = frame + direction * away;
        // At the ends of the motion nothing must be met.
        if (at < 0 || at >= mask.frameCount()) return most;
        if (!mask.at({at}, part)) return away;
    }
    return most;
}

std::vector<Pull> pullsOf(int joint, const JointTargets& targets, const EditMask& mask, int margin,
                          MotionFrames& motion) {
    std::vector<Pull> pulls;
    const std::int64_t reach = std::max(0, margin) + std::int64_t{1};
    for (auto at = targets.begin(); at != targets.end(); ++at) {
        const auto now = motion::rotationOf(rotationAt(motion, at->first, joint));
        Pull pull;
        pull.frame = at->first;
        pull.turn = motion::logarithm(now.conjugate() * motion::rotationOf(at->second));
        pull.before = freeFrames(mask, ownerOf(joint), pull.frame, -1, reach);
        pull.after = freeFrames(mask, ownerOf(joint), pull.frame, 1, reach);
        if (at != targets.begin())
            pull.before = std::min(pull.before, pull.frame - std::prev(at)->first);
        if (std::next(at) != targets.end())
            pull.after = std::min(pull.after, std::next(at)->first - pull.frame);
        pulls.push_back(pull);
    }
    return pulls;
}

void holdJoint(int joint, const JointTargets& targets, const EditMask& mask, int margin,
               MotionFrames& motion) {
    const std::vector<Pull> pulls = pullsOf(joint, targets, mask, margin, motion);
    std::map<std::int64_t, Eigen::Vector3d> turns;
    for (const Pull& pull : pulls) {
        const std::int64_t begin = std::max<std::int64_t>(0, pull.frame - pull.before + 1);
        const std::int64_t end = std::min(motion.count(), pull.frame + pull.after);
        for (std::int64_t frame = begin; frame < end; ++frame) {
            const Eigen::Vector3d turn = pull.strengthAt(frame) * pull.turn;
            turns.try_emplace(frame, Eigen::Vector3d::Zero()).first->second += turn;
        }
    }
    for (const auto& [frame, turn] : turns) {
        if (turn.isZero(0.0)) continue;
        const auto rotation = rotationAt(motion, frame, joint);
        motion::storeNear(motion::rotationOf(rotation) * motion::exponential(turn), rotation,
                          rotation);
    }
    for (const auto& [frame, rotation] : targets) {
        std::ranges::copy(rotation, rotationAt(motion, frame, joint).begin());
    }
}

void hold(const AllTargets& targets, const EditMask& mask, int margin, MotionFrames& motion) {
    for (const auto& [joint, ofJoint] : targets) {
        holdJoint(joint, ofJoint, mask, margin, motion);
    }
}

AllTargets targetsOfPins(std::span<const PinnedPose> pins) {
    AllTargets all;
    for (const PinnedPose& pin : pins) {
        for (const std::uint8_t joint : pin.joints) {
            const std::size_t at = 3 * std::size_t{joint};
            all[joint][pin.frame.value] = {pin.pose[at], pin.pose[at + 1], pin.pose[at + 2]};
        }
    }
    return all;
}

Vector3f translationAt(const MotionFrames& motion, FrameIndex frame) {
    const float* const row = &motion.translations[3 * static_cast<std::size_t>(frame.value)];
    return {row[0], row[1], row[2]};
}

/// Finds the rotations of shoulder and elbow for a hand, and adds them.
void addHand(const HandTarget& hand, std::span<const float, motion::kPoseSize> restJoints,
             MotionFrames& motion, AllTargets& all) {
    motion::JointRotations local = motion::localRotations(poseAt(motion, hand.frame));
    auto pose = motion::forwardKinematics(local, restJoints, translationAt(motion, hand.frame));
    const motion::Limb arm = motion::limbOf(hand.wrist);
    motion::reachWithLimb(arm, {hand.position[0], hand.position[1], hand.position[2]},
                          motion::LimbEnd::GoesAlong, restJoints, local, pose);
    for (const int joint : {arm.root, arm.middle}) {
        JointVector& out = all[joint][hand.frame.value];
        const Eigen::Quaterniond rotation(
            local[static_cast<std::size_t>(joint)].cast<double>().eval());
        motion::storeNear(rotation.normalized(), rotationAt(motion, hand.frame.value, joint), out);
    }
}

std::vector<Note> missesOf(std::span<const HandTarget> hands,
                           std::span<const float, motion::kPoseSize> restJoints,
                           const MotionFrames& motion) {
    std::vector<Note> notes;
    for (const HandTarget& hand : hands) {
        const auto pose =
            motion::forwardKinematics(motion::localRotations(poseAt(motion, hand.frame)),
                                      restJoints, translationAt(motion, hand.frame));
        const Vector3f wanted(hand.position[0], hand.position[1], hand.position[2]);
        const float miss = (pose.positions[static_cast<std::size_t>(hand.wrist)] - wanted).norm();
        if (miss <= kReachedMetres) continue;
        notes.push_back({fmt::format("The {} does not reach its target at {:.2f} s: {:.0f} cm are "
                                     "missing.",
                                     nameOfHand(hand), secondsOf(hand.frame), 100.0F * miss)});
    }
    return notes;
}

} // namespace

Result<std::vector<Note>> applyPoseTargets(const PoseTargets& targets, const EditMask& mask,
                                           std::span<const float, motion::kPoseSize> restJoints,
                                           MotionFrames& motion) {
    if (mask.frameCount() != motion.count())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The edit mask has {} frames, the motion {}.", mask.frameCount(),
                                 motion.count())};
    if (auto status = checkTargets(targets, mask); !status) return std::move(status).error();
    AllTargets all = targetsOfPins(targets.pins);
    hold(all, mask, targets.margin, motion);
    if (targets.hands.empty()) return std::vector<Note>{};
    AllTargets arms;
    for (const HandTarget& hand : targets.hands) {
        addHand(hand, restJoints, motion, arms);
    }
    // Pins of the same joints are targets again, so that the way to a hand's does not move them.
    for (auto& [joint, ofJoint] : arms) {
        ofJoint.merge(all[joint]);
    }
    hold(arms, mask, targets.margin, motion);
    return missesOf(targets.hands, restJoints, motion);
}

} // namespace gesture::inference
