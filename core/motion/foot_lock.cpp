// SPDX-License-Identifier: Apache-2.0
#include "core/motion/foot_lock.h"

#include "core/motion/frame_runs.h"
#include "core/motion/keyframes.h"
#include "core/motion/limb_reach.h"
#include "core/motion/representation.h"
#include "core/motion/rotation_blend.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

namespace gesture::motion {

namespace {

using Eigen::Vector3f;

constexpr std::array<int, kContactCount> kContactJoints = {kLeftAnkle, kRightAnkle, kLeftFoot,
                                                           kRightFoot};
constexpr std::int64_t kFramesPerStep = 256;
constexpr std::size_t kAnkles = 2; ///< The first of the contacts.
/// A leg does not make up for more: such a contact is none.
constexpr float kLargestCorrectionMetres = 0.15F;

/// Sets the runs of `value` that are shorter than `shortest` to the other value; those at the ends
/// stay, they may go on outside.
void fillShortRuns(std::vector<bool>& standing, bool value, int shortest) {
    const auto frames = static_cast<std::int64_t>(standing.size());
    const auto runs = findRuns(frames, [&](std::int64_t frame) {
        return standing[static_cast<std::size_t>(frame)] == value;
    });
    for (const FrameRange run : runs) {
        const bool atAnEnd = run.begin.value == 0 || run.end.value == frames;
        if (atAnEnd || run.length() >= shortest) continue;
        for (std::int64_t frame = run.begin.value; frame < run.end.value; ++frame) {
            standing[static_cast<std::size_t>(frame)] = !value;
        }
    }
}

/// Locks the feet of one motion.
class FootLocker {
public:
    FootLocker(const MotionSpans& motion, std::span<const float> contacts,
               std::span<const float, kPoseSize> restJoints, int fade)
        : motion_(motion)
        , contacts_(contacts)
        , rest_(restJoints)
        , fade_(std::max(0, fade)) {}

    Status stepWithTheFeet(JobControl& control) {
        control.beginStage("Following the standing feet", motion_.frames());
        std::array<Vector3f, kContactCount> before;
        Vector3f ownBefore = Vector3f::Zero();
        for (std::int64_t frame = 0; frame < motion_.frames(); ++frame) {
            if (frame % kFramesPerStep == 0) {
                if (control.stopRequested()) return JobControl::cancelled("Locking the feet");
                control.advanceTo(frame);
            }
            const auto now = jointsWithoutRoot(frame);
            const Vector3f own = translationAt(frame);
            if (frame > 0) moveRoot(frame, own - ownBefore, stepOfFeet(frame - 1, before, now));
            before = now;
            ownBefore = own;
        }
        control.advanceTo(motion_.frames());
        return Status::success();
    }

    Status plantAnkles(JobControl& control) {
        if (auto status = findAnkles(control); !status) return status;
        std::array<std::vector<Vector3f>, kAnkles> corrections;
        for (std::size_t ankle = 0; ankle < kAnkles; ++ankle) {
            corrections[ankle] = correctionsOf(ankle);
        }
        control.beginStage("Planting the feet", motion_.frames());
        for (std::int64_t frame = 0; frame < motion_.frames(); ++frame) {
            if (frame % kFramesPerStep == 0) {
                if (control.stopRequested()) return JobControl::cancelled("Locking the feet");
                control.advanceTo(frame);
            }
            for (std::size_t ankle = 0; ankle < kAnkles; ++ankle) {
                const Vector3f& by = corrections[ankle][static_cast<std::size_t>(frame)];
                if (!by.isZero(0.0F)) moveAnkle(frame, kContactJoints[ankle], by);
            }
        }
        control.advanceTo(motion_.frames());
        return Status::success();
    }

private:
    [[nodiscard]] std::span<float, kPoseSize> poseAt(std::int64_t frame) const {
        return std::span<float, kPoseSize>(
            &motion_.poses[static_cast<std::size_t>(frame) * kPoseSize], kPoseSize);
    }
    [[nodiscard]] Vector3f translationAt(std::int64_t frame) const {
        const float* const row = &motion_.translations[3 * static_cast<std::size_t>(frame)];
        return {row[0], row[1], row[2]};
    }
    [[nodiscard]] bool stands(std::int64_t frame, std::size_t contact) const {
        return contacts_[static_cast<std::size_t>(frame) * kContactCount + contact] > 0.5F;
    }

    [[nodiscard]] std::array<Vector3f, kContactCount> jointsWithoutRoot(std::int64_t frame) const {
        const SkeletonPose pose =
            forwardKinematics(localRotations(poseAt(frame)), rest_, Vector3f::Zero());
        std::array<Vector3f, kContactCount> joints;
        for (std::size_t i = 0; i < joints.size(); ++i) {
            joints[i] = pose.positions[static_cast<std::size_t>(kContactJoints[i])];
        }
        return joints;
    }

    /// How the root must move so that what stands in `frame` does not; nothing in the air.
    [[nodiscard]] std::optional<Vector3f>
    stepOfFeet(std::int64_t frame, const std::array<Vector3f, kContactCount>& before,
               const std::array<Vector3f, kContactCount>& now) const {
        Vector3f sum = Vector3f::Zero();
        int count = 0;
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (!stands(frame, i)) continue;
            sum += before[i] - now[i];
            ++count;
        }
        if (count == 0) return std::nullopt;
        return sum / static_cast<float>(count);
    }

    void moveRoot(std::int64_t frame, const Vector3f& ownStep,
                  const std::optional<Vector3f>& stepOfFeet) const {
        const Vector3f step = stepOfFeet.value_or(ownStep);
        float* const row = &motion_.translations[3 * static_cast<std::size_t>(frame)];
        row[0] = row[-3] + step.x();
        row[2] = row[-1] + step.z();
    }

    Status findAnkles(JobControl& control) {
        ankles_.resize(static_cast<std::size_t>(motion_.frames()));
        for (std::int64_t frame = 0; frame < motion_.frames(); ++frame) {
            if (frame % kFramesPerStep == 0 && control.stopRequested())
                return JobControl::cancelled("Locking the feet");
            const auto joints = jointsWithoutRoot(frame);
            for (std::size_t ankle = 0; ankle < kAnkles; ++ankle) {
                ankles_[static_cast<std::size_t>(frame)][ankle] =
                    joints[ankle] + translationAt(frame);
            }
        }
        return Status::success();
    }

    /// (frames) what must be added to where an ankle is.
    [[nodiscard]] std::vector<Vector3f> correctionsOf(std::size_t ankle) const {
        const std::int64_t frames = motion_.frames();
        std::vector<Vector3f> corrections(static_cast<std::size_t>(frames), Vector3f::Zero());
        auto runs = findRuns(frames, [&](std::int64_t frame) { return stands(frame, ankle); });
        for (FrameRange& run : runs) {
            // It stands still up to the frame after the last one that says so.
            run.end = {std::min(run.end.value + 1, frames)};
            holdStill(run, ankle, corrections);
        }
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const std::int64_t before = i == 0 ? 0 : runs[i - 1].end.value;
            const std::int64_t after = i + 1 == runs.size() ? frames : runs[i + 1].begin.value;
            fadeOut(runs[i], {{before}, {after}}, corrections);
        }
        return corrections;
    }

    void holdStill(FrameRange run, std::size_t ankle, std::vector<Vector3f>& corrections) const {
        Vector3f mean = Vector3f::Zero();
        for (std::int64_t frame = run.begin.value; frame < run.end.value; ++frame) {
            Vector3f& place = corrections[static_cast<std::size_t>(frame)];
            place = ankles_[static_cast<std::size_t>(frame)][ankle];
            mean += place / static_cast<float>(run.length());
        }
        for (std::int64_t frame = run.begin.value; frame < run.end.value; ++frame) {
            Vector3f& place = corrections[static_cast<std::size_t>(frame)];
            const Vector3f by = mean - place;
            place = by * std::min(1.0F, kLargestCorrectionMetres / std::max(by.norm(), 1e-6F));
        }
    }

    /// Lets a run's first and last correction fade within `room`.
    void fadeOut(FrameRange run, FrameRange room, std::vector<Vector3f>& corrections) const {
        const auto spread = [&](std::int64_t edge, std::int64_t direction, std::int64_t free) {
            const Vector3f by = corrections[static_cast<std::size_t>(edge)];
            const std::int64_t length = std::min<std::int64_t>(fade_, free);
            for (std::int64_t k = 1; k <= length; ++k) {
                const float u = static_cast<float>(k) / static_cast<float>(length + 1);
                corrections[static_cast<std::size_t>(edge + direction * k)] +=
                    by * (1.0F - minimumJerk(u));
            }
        };
        spread(run.begin.value, -1, run.begin - room.begin);
        spread(run.end.value - 1, 1, room.end - run.end);
    }

    void moveAnkle(std::int64_t frame, int ankle, const Vector3f& by) const {
        const auto pose = poseAt(frame);
        JointRotations local = localRotations(pose);
        SkeletonPose posed = forwardKinematics(local, rest_, translationAt(frame));
        const Limb limb = limbOf(ankle);
        reachWithLimb(limb, posed.positions[static_cast<std::size_t>(ankle)] + by,
                      LimbEnd::KeepsHeading, rest_, local, posed);
        for (const int joint : {limb.root, limb.middle, limb.end}) {
            const auto i = static_cast<std::size_t>(joint);
            const std::span<float, 3> out(&pose[3 * i], 3);
            storeNear(Eigen::Quaterniond(local[i].cast<double>()).normalized(), out, out);
        }
    }

    MotionSpans motion_;
    std::span<const float> contacts_;
    std::span<const float, kPoseSize> rest_;
    int fade_;
    std::vector<std::array<Vector3f, kAnkles>> ankles_; ///< (frames) metres, once the root is right
};

} // namespace

std::vector<float> cleanContacts(std::span<const float> contacts, const ContactRules& rules) {
    const std::size_t frames = contacts.size() / kContactCount;
    std::vector<float> clean(frames * kContactCount, 0.0F);
    for (std::size_t c = 0; c < kContactCount; ++c) {
        std::vector<bool> standing(frames);
        bool now = frames > 0 && contacts[c] > 0.5F;
        for (std::size_t frame = 0; frame < frames; ++frame) {
            const float value = contacts[frame * kContactCount + c];
            now = now ? value >= rules.ends : value > rules.begins;
            standing[frame] = now;
        }
        fillShortRuns(standing, false, rules.shortest);
        fillShortRuns(standing, true, rules.shortest);
        for (std::size_t frame = 0; frame < frames; ++frame) {
            clean[frame * kContactCount + c] = standing[frame] ? 1.0F : 0.0F;
        }
    }
    return clean;
}

Status lockFeet(const MotionSpans& motion, std::span<const float> contacts,
                std::span<const float, kPoseSize> restJoints, FootLock what, JobControl& control,
                int fade) {
    const auto frames = static_cast<std::size_t>(motion.frames());
    if (contacts.size() != frames * kContactCount || motion.poses.size() != frames * kPoseSize)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Feet cannot be locked: {} contacts were given for {} frames, "
                                 "which have {}.",
                                 contacts.size(), frames, frames * kContactCount)};
    FootLocker locker(motion, contacts, restJoints, fade);
    if (auto status = locker.stepWithTheFeet(control); !status) return status;
    if (what == FootLock::Root) return Status::success();
    return locker.plantAnkles(control);
}

} // namespace gesture::motion
