// SPDX-License-Identifier: Apache-2.0
#include "core/inference/finish_motion.h"

#include "core/inference/edit_mask.h"
#include "core/io/motion_file.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/foot_contact.h"
#include "core/motion/foot_lock.h"
#include "core/motion/forward_kinematics.h"
#include "tests/support/shared_data.h"
#include "tests/support/synthetic_clip.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace gesture::inference {
namespace {

using motion::BodyPart;
using motion::kPoseSize;

MotionFrames framesOf(const motion::Clip& clip, std::size_t begin, std::size_t end) {
    const auto rows = [&](std::span<const float> values, std::size_t columns) {
        const auto part = values.subspan(begin * columns, (end - begin) * columns);
        return std::vector<float>(part.begin(), part.end());
    };
    return {rows(clip.poses(), kPoseSize),
            rows(clip.translations(), 3),
            rows(clip.expressions(), motion::kExpressionCount),
            {}};
}

MotionFrames synthetic(std::size_t frames, std::uint64_t stream) {
    return framesOf(test::syntheticClip(frames, stream), 0, frames);
}

EditRequest requestFor(MotionFrames motion, const EditMask& mask) {
    EditRequest request;
    request.motion = std::move(motion);
    request.mask.assign(mask.cells().begin(), mask.cells().end());
    return request;
}

/// (frames, 55, 3) joints of the average skeleton.
std::vector<float> jointsOf(const MotionFrames& motion) {
    std::vector<float> joints;
    for (std::size_t frame = 0; frame < static_cast<std::size_t>(motion.count()); ++frame) {
        const std::span<const float, kPoseSize> pose(&motion.poses[frame * kPoseSize], kPoseSize);
        const float* const at = &motion.translations[3 * frame];
        const auto posed = motion::forwardKinematics(
            motion::localRotations(pose), motion::averageRestJoints(), {at[0], at[1], at[2]});
        for (const Eigen::Vector3f& position : posed.positions) {
            joints.insert(joints.end(), position.data(), position.data() + 3);
        }
    }
    return joints;
}

/// Metres that ankles go while they stand, per second of standing.
double slideOf(const MotionFrames& motion, std::span<const float> contacts) {
    const std::vector<float> joints = jointsOf(motion);
    double metres = 0.0;
    double seconds = 0.0;
    for (std::size_t frame = 0; frame + 1 < static_cast<std::size_t>(motion.count()); ++frame) {
        for (std::size_t foot = 0; foot < 2; ++foot) {
            if (contacts[4 * frame + foot] < 0.5F) continue;
            const std::size_t at = frame * kPoseSize + 3 * (motion::kLeftAnkle + foot);
            const Eigen::Vector3f now(joints[at], joints[at + 1], joints[at + 2]);
            const float* const next = &joints[at + kPoseSize];
            metres +=
                static_cast<double>((Eigen::Vector3f(next[0], next[1], next[2]) - now).norm());
            seconds += 1.0 / 30.0;
        }
    }
    return metres / seconds;
}

TEST(FinishEdit, KeepAllReturnsTheRequestsBytes) {
    const EditRequest request = requestFor(synthetic(50, 1), EditMask(50));
    const auto edit = finishEdit(request, synthetic(50, 2), motion::averageRestJoints());
    ASSERT_TRUE(edit.ok()) << edit.error().message();
    EXPECT_EQ(edit->motion, request.motion);
    EXPECT_TRUE(edit->notes.empty());
}

TEST(FinishEdit, PinsAreExactInTheComposedMotion) {
    EditMask mask(50);
    mask.paint({{10}, {40}}, kAllParts);
    EditRequest request = requestFor(synthetic(50, 1), mask);
    request.pins = {{{25}, {motion::kHead}, std::vector<float>(kPoseSize, 0.25F)}};
    const auto edit = finishEdit(request, synthetic(50, 2), motion::averageRestJoints());
    ASSERT_TRUE(edit.ok()) << edit.error().message();
    EXPECT_EQ(edit->motion.poses[25 * kPoseSize + 3 * motion::kHead], 0.25F);
}

TEST(FinishEdit, DamagedRequestsAreRefused) {
    const EditRequest good = requestFor(synthetic(20, 1), EditMask(20));
    const MotionFrames made = synthetic(20, 2);
    EditRequest wrong = good;
    wrong.mask[3] = 7;
    EXPECT_FALSE(finishEdit(wrong, made, motion::averageRestJoints()).ok());
    wrong = good;
    wrong.mask.pop_back();
    EXPECT_FALSE(finishEdit(wrong, made, motion::averageRestJoints()).ok());
    wrong = good;
    wrong.motion.poses[0] = std::nanf("");
    EXPECT_FALSE(finishEdit(wrong, made, motion::averageRestJoints()).ok());
    EXPECT_FALSE(finishEdit(good, synthetic(19, 2), motion::averageRestJoints()).ok());
}

TEST(FinishMotion, RootModesDoWhatTheirNamesSay) {
    JobControl control;
    const MotionFrames made = synthetic(60, 3);
    GenerateOptions options;
    const auto with = [&](RootMotion root) {
        options.root = root;
        auto result = finishMotion(made, options, motion::averageRestJoints(), control);
        EXPECT_TRUE(result.ok());
        return std::move(result).value();
    };
    EXPECT_EQ(with(RootMotion::Full), made);
    const MotionFrames none = with(RootMotion::None);
    EXPECT_EQ(none.translations[3 * 59 + 1], made.translations[1]);
    EXPECT_EQ(none.poses, made.poses);
    const MotionFrames inPlace = with(RootMotion::InPlace);
    EXPECT_EQ(inPlace.translations[3 * 30 + 1], made.translations[3 * 30 + 1]);
    EXPECT_NE(inPlace.translations, made.translations);
    EXPECT_EQ(inPlace.poses, made.poses) << "the heading is part of the pose";
    with(RootMotion::FeetLocked);
    options.smooth = true;
    EXPECT_NE(with(RootMotion::Full).poses, made.poses);
}

TEST(FinishMotion, DamagedMotionsAreRefused) {
    JobControl control;
    MotionFrames motion = synthetic(10, 1);
    motion.poses.pop_back();
    EXPECT_FALSE(finishMotion(motion, {}, motion::averageRestJoints(), control).ok());
}

TEST(FinishMotion, RealMotionWithLockedFeetSlidesLess) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1.npz");
    const auto clip = io::readMotionFile(path);
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    MotionFrames before = framesOf(*clip, 0, 900);
    before.contacts = motion::cleanContacts(motion::footContacts(jointsOf(before)));
    // What summed velocities do: the body glides away over its feet, here at 9 cm a second.
    for (std::size_t frame = 0; frame < 900; ++frame) {
        before.translations[3 * frame] += 0.003F * static_cast<float>(frame);
    }
    GenerateOptions options;
    options.root = RootMotion::FeetLocked;
    JobControl control;
    const auto after = finishMotion(before, options, motion::averageRestJoints(), control);
    ASSERT_TRUE(after.ok());
    const double slidBefore = slideOf(before, before.contacts);
    const double slidAfter = slideOf(*after, before.contacts);
    RecordProperty("slide_before_mm_per_s", static_cast<int>(1000 * slidBefore));
    RecordProperty("slide_after_mm_per_s", static_cast<int>(1000 * slidAfter));
    EXPECT_LT(slidAfter, 0.2 * slidBefore);
}

TEST(FinishEdit, RealMotionKeepsItsBytesOutsideAndItsPaceAtSeams) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1.npz");
    const auto clip = io::readMotionFile(path);
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EditMask mask(300);
    mask.paint({{100}, {160}}, {{false, true, true, false}});
    const EditRequest request = requestFor(framesOf(*clip, 0, 300), mask);
    const MotionFrames made = framesOf(*clip, 600, 900);
    const auto edit = finishEdit(request, made, motion::averageRestJoints());
    ASSERT_TRUE(edit.ok()) << edit.error().message();
    for (std::size_t i = 0; i < request.motion.poses.size(); ++i) {
        const std::size_t frame = i / kPoseSize;
        const auto part = motion::partOf(static_cast<int>(i % kPoseSize / 3));
        const bool edited =
            frame >= 100 && frame < 160 && (part == BodyPart::Upper || part == BodyPart::Hands);
        ASSERT_TRUE(edited || std::memcmp(&edit->motion.poses[i], &request.motion.poses[i], 4) == 0)
            << i;
    }
    EXPECT_EQ(edit->motion.translations, request.motion.translations);
    EXPECT_EQ(edit->motion.expressions, request.motion.expressions);
}

} // namespace
} // namespace gesture::inference
