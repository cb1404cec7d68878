// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/import/bvh_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>
#include <string>

namespace gesture::interchange {
namespace {

using Eigen::Quaternionf;
using Eigen::Vector3f;
using ::testing::HasSubstr;

const std::string kHierarchy = R"(HIERARCHY
ROOT Hips {
  OFFSET 0 0 0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT Upper Leg
  {
    OFFSET 10 -5 0
    CHANNELS 3 Yrotation Zrotation Xrotation
    End Site { OFFSET 0 -80 0 }
  }
}
)";
const std::string kMotion = "MOTION\nFrames: 2\nFrame Time: 0.0333333\n"
                            "1 90 2 0 0 0 0 0 0\n1 91 2 90 0 0 90 0 90\n";

Result<BvhMotion> parse(const std::string& text, double unit = 0) {
    JobControl control;
    return parseBvh(text, unit, control);
}

std::string message(const std::string& text) {
    const auto motion = parse(text);
    return motion ? "" : motion.error().message();
}

Quaternionf turn(float degrees, const Vector3f& axis) {
    return Quaternionf(Eigen::AngleAxisf(degrees * std::numbers::pi_v<float> / 180, axis));
}

TEST(BvhReader, ReadsJointsChannelsAndFrames) {
    const auto motion = parse(kHierarchy + kMotion);
    ASSERT_TRUE(motion.ok()) << motion.error().message();
    const Scene& scene = motion->scene;
    ASSERT_EQ(scene.joints.size(), 3U);
    EXPECT_EQ(scene.joints[1].name, "Upper Leg");
    EXPECT_EQ(scene.joints[2].name, "Upper Leg_end");
    EXPECT_EQ(scene.joints[2].parent, 1);
    EXPECT_DOUBLE_EQ(motion->metresPerUnit, 0.01);
    EXPECT_LT((scene.joints[1].restTranslation - Vector3f(0.1F, -0.05F, 0)).norm(), 1e-6F);
    const SceneAnimation& animation = scene.animations.front();
    EXPECT_EQ(animation.frames, 2);
    EXPECT_NEAR(animation.framesPerSecond, 30, 1e-3);
    EXPECT_LT((animation.translations[1] - Vector3f(0.01F, 0.91F, 0.02F)).norm(), 1e-6F);
    EXPECT_LT(animation.rotations[3].angularDistance(turn(90, Vector3f::UnitZ())), 1e-5F);
    // The order of the channels is the order of the matrices.
    const Quaternionf leg = turn(90, Vector3f::UnitY()) * turn(90, Vector3f::UnitX());
    EXPECT_LT(animation.rotations[4].angularDistance(leg), 1e-5F);
}

TEST(BvhReader, TakesAnyCaseBlanksAndEndsOfLines) {
    std::string text = "\xEF\xBB\xBF" + kHierarchy + kMotion;
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
        text.replace(at, 1, "\r\n");
    text.replace(text.find("HIERARCHY"), 9, "hierarchy");
    text.replace(text.find("Frames: "), 8, "FRAMES :\t");
    EXPECT_EQ(message(text), "");
}

TEST(BvhReader, GuessesTheUnitFromTheSizeOfTheBody) {
    const auto unitFor = [](double height) {
        std::string text = kHierarchy + kMotion;
        text.replace(text.find("-80"), 3, std::to_string(-height));
        text.replace(text.find("OFFSET 10 -5"), 12, "OFFSET 0 0");
        return parse(text)->metresPerUnit;
    };
    EXPECT_DOUBLE_EQ(unitFor(1.7), 1);
    EXPECT_DOUBLE_EQ(unitFor(170), 0.01);
    EXPECT_DOUBLE_EQ(unitFor(1700), 0.001);
    EXPECT_NEAR(unitFor(30), 0.0564, 1e-3); // CMU
    EXPECT_NEAR(unitFor(17'000), 1e-4, 1e-9);
    EXPECT_DOUBLE_EQ(parse(kHierarchy + kMotion, 0.0254)->metresPerUnit, 0.0254);
}

TEST(BvhReader, SaysWhatIsWrongAndWhere) {
    EXPECT_THAT(message(""), HasSubstr("no BVH file"));
    EXPECT_THAT(message("HIERARCHY\nMOTION"), HasSubstr("'ROOT'"));
    EXPECT_THAT(message(kHierarchy), HasSubstr("'MOTION' should stand here"));
    const auto changed = [](const std::string& from, const std::string& to) {
        std::string text = kHierarchy + kMotion;
        text.replace(text.find(from), from.size(), to);
        return message(text);
    };
    EXPECT_THAT(changed("OFFSET 10 -5 0", "OFFSET 10 x 0"), HasSubstr("Line 7: 'x'"));
    EXPECT_THAT(changed("OFFSET 10 -5 0", "OFFSET 10 nan 0"), HasSubstr("'nan'"));
    EXPECT_THAT(changed("OFFSET 10 -5 0", "OFFSET 10 1e30 0"), HasSubstr("too large"));
    EXPECT_THAT(changed("CHANNELS 3", "CHANNELS 7"), HasSubstr("0 to 6 channels"));
    EXPECT_THAT(changed("CHANNELS 3", "CHANNELS 2"), HasSubstr("not 'Xrotation'"));
    EXPECT_THAT(
        changed("Yrotation Zrotation Xrotation\n    E", "Yrotation Yrotation Xrotation\n    E"),
        HasSubstr("twice"));
    EXPECT_THAT(changed("Frames: 2", "Frames: 0"), HasSubstr("no frames"));
    EXPECT_THAT(changed("Frames: 2", "Frames: 3000"), HasSubstr("too short for 3000 frames"));
    EXPECT_THAT(changed("Frames: 2", "Frames: 1e18"), HasSubstr("more than"));
    EXPECT_THAT(changed("Frames: 2", "Frames: 1"), HasSubstr("more numbers"));
    EXPECT_THAT(changed("0.0333333", "0"), HasSubstr("frames a second"));
    EXPECT_THAT(changed("1 90 2", "1 inf 2"), HasSubstr("'inf'"));
    EXPECT_THAT(changed(" 90 0 90\n", " 90 0\n"), HasSubstr("The file ends"));
}

TEST(BvhReader, DoesNotRecurse) {
    std::string text = "HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\n";
    for (int i = 0; i < 20'000; ++i)
        text += "JOINT a\n{\nOFFSET 0 0 0\n";
    EXPECT_THAT(message(text), HasSubstr("more than 10000 joints"));
}

TEST(BvhReader, NamesFilesThatAreNotThere) {
    JobControl control;
    const auto motion = readBvhFile("/nonexistent/walk.bvh", 0, control);
    ASSERT_FALSE(motion.ok());
    EXPECT_EQ(motion.error().code(), ErrorCode::NotFound);
}

} // namespace
} // namespace gesture::interchange
