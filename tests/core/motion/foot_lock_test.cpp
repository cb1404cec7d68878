// SPDX-License-Identifier: Apache-2.0
#include "core/motion/foot_lock.h"

#include "core/motion/average_skeleton.h"
#include "core/motion/clip.h"
#include "core/motion/forward_kinematics.h"
#include "core/motion/procedural_clip.h"
#include "core/motion/representation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace gesture::motion {
namespace {

using Eigen::Vector3f;

/// The greeting, whose feet stand, of which the root was pushed about.
struct Slider {
    std::vector<float> poses;
    std::vector<float> translations;
    std::vector<float> expressions;
    std::vector<float> contacts;
    std::size_t frames = 0;

    Slider() {
        const Clip clip = makeGreetingClip();
        frames = static_cast<std::size_t>(clip.frameCount());
        poses.assign(clip.poses().begin(), clip.poses().end());
        translations.assign(clip.translations().begin(), clip.translations().end());
        expressions.assign(clip.expressions().begin(), clip.expressions().end());
        contacts.assign(4 * frames, 1.0F);
        for (std::size_t i = 0; i < frames; ++i) {
            const auto t = static_cast<float>(i);
            translations[3 * i] += 0.002F * t;
            translations[3 * i + 2] += 0.05F * std::sin(0.05F * t);
        }
    }
    MotionSpans spans() { return {poses, translations, expressions, {}}; }
    [[nodiscard]] Vector3f joint(std::size_t frame, int index) const {
        const std::span<const float, kPoseSize> pose(&poses[frame * kPoseSize], kPoseSize);
        const float* const at = &translations[3 * frame];
        return forwardKinematics(localRotations(pose), averageRestJoints(), {at[0], at[1], at[2]})
            .positions[static_cast<std::size_t>(index)];
    }
    /// Metres that a joint goes while it stands, in all.
    [[nodiscard]] float slide(int index, std::size_t contact) const {
        float sum = 0.0F;
        for (std::size_t i = 0; i + 1 < frames; ++i) {
            if (contacts[4 * i + contact] < 0.5F) continue;
            sum += (joint(i + 1, index) - joint(i, index)).norm();
        }
        return sum;
    }
};

TEST(FootLock, TheRootGivesWayToStandingFeet) {
    Slider motion;
    const float before = motion.slide(kLeftAnkle, 0);
    JobControl control;
    ASSERT_TRUE(
        lockFeet(motion.spans(), motion.contacts, averageRestJoints(), FootLock::Root, control)
            .ok());
    EXPECT_GT(before, 0.3F);
    EXPECT_LT(motion.slide(kLeftAnkle, 0), 0.02F);
    EXPECT_LT(motion.slide(kRightAnkle, 1), 0.02F);
}

TEST(FootLock, LegsTakeUpTheRest) {
    Slider motion;
    // The hips turn, which no path of the root can make up for on both sides.
    for (std::size_t i = 0; i < motion.frames; ++i) {
        motion.poses[i * kPoseSize + 1] += 0.15F * std::sin(0.1F * static_cast<float>(i));
    }
    Slider legs = motion;
    JobControl control;
    ASSERT_TRUE(
        lockFeet(motion.spans(), motion.contacts, averageRestJoints(), FootLock::Root, control)
            .ok());
    ASSERT_TRUE(
        lockFeet(legs.spans(), legs.contacts, averageRestJoints(), FootLock::RootAndLegs, control)
            .ok());
    EXPECT_GT(motion.slide(kLeftAnkle, 0), 0.1F);
    EXPECT_LT(legs.slide(kLeftAnkle, 0), 0.02F);
    EXPECT_LT(legs.slide(kRightAnkle, 1), 0.02F);
}

TEST(FootLock, StepsBetweenContactsStayAndNothingJumps) {
    Slider motion;
    for (std::size_t i = 60; i < 90; ++i) {
        std::fill_n(motion.contacts.begin() + static_cast<std::ptrdiff_t>(4 * i), 4, 0.0F);
    }
    const Slider before = motion;
    JobControl control;
    ASSERT_TRUE(lockFeet(motion.spans(), motion.contacts, averageRestJoints(),
                         FootLock::RootAndLegs, control)
                    .ok());
    const float own = before.translations[3 * 85] - before.translations[3 * 65];
    EXPECT_NEAR(motion.translations[3 * 85] - motion.translations[3 * 65], own, 1e-5F);
    for (std::size_t i = 0; i + 1 < motion.frames; ++i) {
        EXPECT_LT((motion.joint(i + 1, kLeftAnkle) - motion.joint(i, kLeftAnkle)).norm(), 0.02F)
            << i;
    }
}

TEST(FootLock, WithoutContactsNothingChanges) {
    Slider motion;
    const Slider before = motion;
    std::ranges::fill(motion.contacts, 0.0F);
    JobControl control;
    ASSERT_TRUE(lockFeet(motion.spans(), motion.contacts, averageRestJoints(),
                         FootLock::RootAndLegs, control)
                    .ok());
    EXPECT_EQ(motion.poses, before.poses);
    for (std::size_t i = 0; i < motion.translations.size(); ++i) {
        EXPECT_NEAR(motion.translations[i], before.translations[i], 1e-5F);
    }
}

TEST(FootLock, ContactsThatDoNotFitAreRefusedAndStoppingIsHeard) {
    Slider motion;
    JobControl control;
    const std::vector<float> few(4, 1.0F);
    EXPECT_EQ(
        lockFeet(motion.spans(), few, averageRestJoints(), FootLock::Root, control).error().code(),
        ErrorCode::InvalidInput);
    std::stop_source source;
    source.request_stop();
    JobControl stopped(source.get_token(), {});
    EXPECT_EQ(
        lockFeet(motion.spans(), motion.contacts, averageRestJoints(), FootLock::Root, stopped)
            .error()
            .code(),
        ErrorCode::Cancelled);
}

std::vector<float> cleaned(const std::vector<float>& ofLeftAnkle) {
    std::vector<float> contacts(4 * ofLeftAnkle.size(), 0.0F);
    for (std::size_t i = 0; i < ofLeftAnkle.size(); ++i) {
        contacts[4 * i] = ofLeftAnkle[i];
    }
    const std::vector<float> clean = cleanContacts(contacts, {0.6F, 0.4F, 3});
    std::vector<float> result;
    for (std::size_t i = 0; i < ofLeftAnkle.size(); ++i) {
        result.push_back(clean[4 * i]);
    }
    return result;
}

TEST(CleanContacts, NeedsMoreToBeginThanToGoOn) {
    EXPECT_EQ(cleaned({0.0F, 0.5F, 0.5F, 0.7F, 0.5F, 0.45F, 0.5F, 0.3F, 0.5F, 0.0F}),
              (std::vector<float>{0, 0, 0, 1, 1, 1, 1, 0, 0, 0}));
}

TEST(CleanContacts, FillsShortGapsAndDropsShortContacts) {
    EXPECT_EQ(cleaned({1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0}),
              (std::vector<float>{1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}));
    EXPECT_TRUE(cleaned({}).empty());
}

} // namespace
} // namespace gesture::motion
