// SPDX-License-Identifier: Apache-2.0
#include "core/motion/skeleton.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gesture::motion {
namespace {

TEST(Skeleton, EveryParentComesBeforeItsChild) {
    EXPECT_EQ(jointParents()[0], -1);
    for (int j = 1; j < kJointCount; ++j) {
        EXPECT_GE(jointParents()[static_cast<std::size_t>(j)], 0) << j;
        EXPECT_LT(jointParents()[static_cast<std::size_t>(j)], j) << j;
    }
}

TEST(Skeleton, NamesAreUniqueAndFound) {
    const std::set<std::string_view> names(jointNames().begin(), jointNames().end());
    EXPECT_EQ(names.size(), static_cast<std::size_t>(kJointCount));
    for (int j = 0; j < kJointCount; ++j) {
        EXPECT_EQ(findJoint(jointNames()[static_cast<std::size_t>(j)]), j);
    }
    EXPECT_EQ(findJoint("left_tail"), std::nullopt);
    EXPECT_EQ(findJoint(""), std::nullopt);
}

TEST(Skeleton, NamedIndicesAreTheJointsTheySay) {
    EXPECT_EQ(findJoint("pelvis"), kPelvis);
    EXPECT_EQ(findJoint("left_ankle"), kLeftAnkle);
    EXPECT_EQ(findJoint("right_foot"), kRightFoot);
    EXPECT_EQ(findJoint("head"), kHead);
    EXPECT_EQ(findJoint("right_wrist"), kRightWrist);
    EXPECT_EQ(findJoint("jaw"), kJaw);
    EXPECT_EQ(findJoint("right_eye_smplhf"), kRightEye);
    EXPECT_EQ(findJoint("left_index1"), kFirstLeftHandJoint);
    EXPECT_EQ(findJoint("right_index1"), kFirstRightHandJoint);
}

TEST(Skeleton, LeftAndRightMirrorEachOther) {
    for (int j = 0; j < kJointCount; ++j) {
        std::string name(jointNames()[static_cast<std::size_t>(j)]);
        if (!name.starts_with("left_")) continue;
        const auto other = findJoint("right_" + name.substr(5));
        ASSERT_TRUE(other) << name;
        EXPECT_EQ(partOf(j), partOf(*other)) << name;
    }
}

TEST(Skeleton, PartsShareNoJointAndLeaveTheEyes) {
    std::set<int> seen;
    std::size_t count = 0;
    for (const BodyPart part :
         {BodyPart::Face, BodyPart::Upper, BodyPart::Hands, BodyPart::Lower}) {
        EXPECT_TRUE(std::ranges::is_sorted(jointsOf(part))) << nameOf(part);
        count += jointsOf(part).size();
        for (const int joint : jointsOf(part)) {
            seen.insert(joint);
            EXPECT_EQ(partOf(joint), part);
        }
    }
    EXPECT_EQ(seen.size(), count);
    EXPECT_EQ(count, 53U);
    EXPECT_EQ(partOf(kLeftEye), std::nullopt);
    EXPECT_EQ(partOf(kRightEye), std::nullopt);
}

} // namespace
} // namespace gesture::motion
