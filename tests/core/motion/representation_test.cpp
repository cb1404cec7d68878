// SPDX-License-Identifier: Apache-2.0
#include "core/motion/representation.h"

#include "core/base/rotation.h"
#include "tests/support/synthetic_clip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace gesture::motion {
namespace {

using test::syntheticClip;
using ::testing::HasSubstr;

constexpr std::array<BodyPart, kBodyPartCount> kParts = {BodyPart::Face, BodyPart::Upper,
                                                         BodyPart::Hands, BodyPart::Lower};
// Through the old matrix-to-quaternion formula (see rotation.h).
constexpr float kRoundTrip = 1e-3F;

std::vector<float> countingContacts(std::int64_t frames) {
    std::vector<float> contacts(static_cast<std::size_t>(frames) * kContactCount);
    std::iota(contacts.begin(), contacts.end(), 0.0F);
    return contacts;
}

FrameRange allOf(const Clip& clip) { return {{0}, {clip.frameCount()}}; }

TEST(Representation, PartsHaveTheTokenizersChannels) {
    EXPECT_EQ(channelCount(BodyPart::Face), 106);
    EXPECT_EQ(channelCount(BodyPart::Upper), 78);
    EXPECT_EQ(channelCount(BodyPart::Hands), 180);
    EXPECT_EQ(channelCount(BodyPart::Lower), 61);
    EXPECT_EQ(kMotionChannels, 337);
}

TEST(Representation, WholeMotionIsRotationsTranslationContacts) {
    const Clip clip = syntheticClip(3);
    const auto motion = encodeMotion(clip, {{1}, {3}}, countingContacts(3)).value();
    ASSERT_EQ(motion.size(), 2U * 337U);
    const auto pose = clip.pose({1});
    const Rotation6d jaw = rotation6dFromMatrix(
        matrixFromAxisAngle({pose[3 * kJaw], pose[3 * kJaw + 1], pose[3 * kJaw + 2]}));
    EXPECT_TRUE(std::equal(jaw.begin(), jaw.end(), motion.begin() + 6 * kJaw));
    EXPECT_TRUE(std::ranges::equal(clip.translation({1}), std::span(motion).subspan(330, 3)));
    EXPECT_EQ(motion[333], 4.0F);
    EXPECT_EQ(motion[337 + 336], 11.0F);
}

TEST(Representation, PartVectorsAreColumnsOfTheWholeMotion) {
    const Clip clip = syntheticClip(4);
    const auto contacts = countingContacts(4);
    const auto motion = encodeMotion(clip, allOf(clip), contacts).value();
    for (const BodyPart part : kParts) {
        const auto values = encodePart(part, clip, allOf(clip), contacts).value();
        const auto columns = motionColumns(part);
        const auto channels = static_cast<std::size_t>(channelCount(part));
        ASSERT_EQ(values.size(), 4 * channels);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            EXPECT_EQ(values[3 * channels + i],
                      motion[3 * 337 + static_cast<std::size_t>(columns[i])])
                << nameOf(part) << " channel " << i;
        }
    }
}

TEST(Representation, ColumnsCoverTheMotionButTheEyesOnce) {
    std::vector<int> timesUsed(kMotionChannels, 0);
    for (const BodyPart part : kParts) {
        for (const int column : motionColumns(part)) {
            ++timesUsed[static_cast<std::size_t>(column)];
        }
    }
    for (int column = 0; column < kMotionChannels; ++column) {
        const bool eye = column >= 6 * kLeftEye && column < 6 * (kRightEye + 1);
        EXPECT_EQ(timesUsed[static_cast<std::size_t>(column)], eye ? 0 : 1) << column;
    }
}

TEST(Representation, FaceCarriesTheExpression) {
    const Clip clip = syntheticClip(2);
    const auto face = encodePart(BodyPart::Face, clip, {{1}, {2}}, {}).value();
    EXPECT_TRUE(std::ranges::equal(clip.expression({1}), std::span(face).subspan(6)));
}

TEST(Representation, PartsTogetherGiveTheClipBackWithoutItsEyes) {
    const Clip clip = syntheticClip(5);
    const auto contacts = countingContacts(5);
    DecodedMotion decoded(5);
    for (const BodyPart part : kParts) {
        const auto values = encodePart(part, clip, allOf(clip), contacts).value();
        ASSERT_TRUE(decodePart(part, values, decoded));
    }
    for (std::size_t i = 0; i < decoded.poses.size(); ++i) {
        const int joint = static_cast<int>(i % kPoseSize / 3);
        const bool eye = joint == kLeftEye || joint == kRightEye;
        EXPECT_NEAR(decoded.poses[i], eye ? 0.0F : clip.poses()[i], kRoundTrip) << i;
    }
    EXPECT_TRUE(std::ranges::equal(decoded.translations, clip.translations()));
    EXPECT_TRUE(std::ranges::equal(decoded.expressions, clip.expressions()));
    EXPECT_EQ(decoded.contacts, contacts);
}

TEST(Representation, DecodingAPartLeavesTheOthersAlone) {
    const Clip clip = syntheticClip(2);
    DecodedMotion decoded(2);
    std::ranges::fill(decoded.poses, 7.0F);
    std::ranges::fill(decoded.translations, 7.0F);
    const auto hands = encodePart(BodyPart::Hands, clip, allOf(clip), {}).value();
    ASSERT_TRUE(decodePart(BodyPart::Hands, hands, decoded));
    for (std::size_t i = 0; i < decoded.poses.size(); ++i) {
        const int joint = static_cast<int>(i % kPoseSize / 3);
        EXPECT_EQ(decoded.poses[i] == 7.0F, joint < kFirstLeftHandJoint) << i;
    }
    EXPECT_EQ(decoded.translations[0], 7.0F);
}

TEST(Representation, PoseEncodesAndDecodes) {
    const Clip clip = syntheticClip(1);
    std::array<float, kRotationChannels> rotations{};
    std::array<float, kPoseSize> pose{};
    encodePose(clip.pose({0}), rotations);
    decodePose(rotations, pose);
    for (std::size_t i = 0; i < pose.size(); ++i) {
        EXPECT_NEAR(pose[i], clip.pose({0})[i], kRoundTrip);
    }
}

TEST(Representation, EmptyRangeGivesNoRows) {
    const Clip clip = syntheticClip(2);
    EXPECT_TRUE(encodeMotion(clip, {{1}, {1}}, {}).value().empty());
    DecodedMotion none(0);
    EXPECT_TRUE(decodePart(BodyPart::Upper, {}, none));
}

TEST(Representation, RangesOutsideTheClipAreRefused) {
    const Clip clip = syntheticClip(2);
    for (const FrameRange bad :
         {FrameRange{{-1}, {1}}, FrameRange{{0}, {3}}, FrameRange{{2}, {1}}}) {
        const auto result = encodeMotion(clip, bad, {});
        ASSERT_FALSE(result.ok());
        EXPECT_THAT(result.error().message(), HasSubstr("not in the motion"));
    }
}

TEST(Representation, WrongSizesAreRefusedInWords) {
    const Clip clip = syntheticClip(2);
    const auto contacts = encodeMotion(clip, allOf(clip), std::vector<float>(4));
    ASSERT_FALSE(contacts.ok());
    EXPECT_THAT(contacts.error().message(), HasSubstr("foot contacts"));
    DecodedMotion decoded(2);
    const Status status = decodePart(BodyPart::Upper, std::vector<float>(2 * 76), decoded);
    ASSERT_FALSE(status.ok());
    EXPECT_THAT(status.error().message(), HasSubstr("'upper'"));
}

} // namespace
} // namespace gesture::motion
