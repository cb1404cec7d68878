// SPDX-License-Identifier: Apache-2.0
#include "core/motion/foot_contact.h"

#include "tests/support/golden_values.h"
#include "tests/support/synthetic_body.h"
#include "tests/support/synthetic_clip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::motion {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// (frames, 4, 3) foot joints spread into (frames, 55, 3).
std::vector<float> allJoints(std::span<const float> feet) {
    constexpr std::array<std::size_t, 4> kFeet = {7, 8, 10, 11};
    std::vector<float> joints(feet.size() / 12 * kPoseSize);
    for (std::size_t i = 0; i < feet.size(); ++i) {
        joints[i / 12 * kPoseSize + 3 * kFeet[i % 12 / 3] + i % 3] = feet[i];
    }
    return joints;
}

std::shared_ptr<const ShapedBody> smallBody() {
    return BodyModel::create(test::syntheticBody({.vertices = 200, .shapes = 2, .expressions = 3}))
        .value()
        ->shaped({});
}

TEST(FootContact, AgreesWithTheRuleOfTheDataset) {
    const auto golden = test::goldenValues("motion/foot_contact.txt");
    EXPECT_EQ(footContacts(allJoints(golden.at("joints"))), golden.at("contacts"));
}

TEST(FootContact, LastFrameStands) {
    EXPECT_THAT(footContacts(std::span<const float>{}), IsEmpty());
    EXPECT_THAT(footContacts(std::vector<float>(kPoseSize, 3.0F)), Each(1.0F));
    std::vector<float> jump(2 * kPoseSize, 0.0F);
    jump[kPoseSize + 3 * kRightAnkle] = 0.02F;
    jump[kPoseSize + 3 * kLeftFoot] = 0.009F;
    EXPECT_THAT(footContacts(jump), ElementsAre(1, 0, 1, 1, 1, 1, 1, 1));
}

TEST(FootContact, ClipOnABodyUsesItsJoints) {
    const Clip clip = test::syntheticClip(600);
    const auto body = smallBody();
    JobControl control;
    const auto contacts = footContacts(clip, *body, control).value();
    std::vector<float> joints;
    PosedBody posed;
    for (FrameIndex f{0}; f.value < clip.frameCount(); f = f + 1) {
        body->poseJoints({clip.pose(f), clip.translation(f), clip.expression(f)}, posed);
        joints.insert(joints.end(), posed.joints.data(), posed.joints.data() + kPoseSize);
    }
    EXPECT_EQ(contacts, footContacts(joints));
}

TEST(FootContact, StopsWhenAsked) {
    std::stop_source source;
    source.request_stop();
    JobControl control(source.get_token(), {});
    const auto result = footContacts(test::syntheticClip(2), *smallBody(), control);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code(), ErrorCode::Cancelled);
}

} // namespace
} // namespace gesture::motion
