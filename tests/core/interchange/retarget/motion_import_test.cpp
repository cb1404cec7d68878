// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/motion_import.h"

#include "core/interchange/bvh/bvh_writer.h"
#include "core/interchange/import/bvh_reader.h"
#include "core/interchange/retarget/bone_map_guess.h"
#include "core/interchange/retarget/retarget.h"
#include "tests/core/interchange/retarget/synthetic_rig.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace gesture::interchange {
namespace {

using ::testing::HasSubstr;

Scene animated(const test::RigShape& shape, const motion::Clip& clip,
               const RetargetOptions& options = {}) {
    Scene rig = test::syntheticRig(shape);
    const BoneMap map = guessBoneMap(rig.joints);
    JobControl control;
    EXPECT_TRUE(standUpright(rig, map).ok());
    auto animation = retargetClip(clip, test::averageBody(), rig, map, options, control);
    EXPECT_TRUE(animation.ok());
    rig.animations = {std::move(*animation)};
    return rig;
}

Result<motion::Clip> imported(const Scene& scene, const MotionImportOptions& options = {}) {
    JobControl control;
    return importMotion(scene, guessBoneMap(scene.joints), test::averageBody(), options, control);
}

double worstAngle(const motion::Clip& a, const motion::Clip& b) {
    double worst = 0;
    for (std::size_t i = 0; i < a.poses().size(); ++i)
        worst = std::max(worst, std::abs(static_cast<double>(a.poses()[i] - b.poses()[i])));
    return worst;
}

TEST(MotionImport, UndoesRetargetingOntoAStrangeSkeleton) {
    const motion::Clip clip = test::livelyClip(10);
    const auto again = imported(animated({.armsDown = 0.7, .scale = 2}, clip));
    ASSERT_TRUE(again.ok()) << again.error().message();
    EXPECT_LT(worstAngle(clip, *again), 2e-3);
    for (std::size_t frame = 0; frame < 10; ++frame)
        for (std::size_t axis : {0U, 2U})
            EXPECT_NEAR(clip.translations()[3 * frame + axis],
                        again->translations()[3 * frame + axis], 2e-3);
}

TEST(MotionImport, KeepsTheRotationsOfOurOwnSkeletonExactly) {
    const motion::Clip clip = test::livelyClip(10);
    const auto again = imported(animated({.ownAxes = false}, clip));
    ASSERT_TRUE(again.ok()) << again.error().message();
    EXPECT_LT(worstAngle(clip, *again), 1e-3);
    EXPECT_EQ(again->rate(), clip.rate());
}

TEST(MotionImport, ReadsBackWhatWasWrittenAsBvh) {
    constexpr double kRadians = 1e-4;
    constexpr float kMetres = 1e-3F;
    const motion::Clip clip = test::livelyClip(10);
    const test::TemporaryFolder folder;
    JobControl control;
    const Scene scene = animated({}, clip, {.feet = FootContact::Free});
    ASSERT_TRUE(writeBvh(scene, folder / "a.bvh", {}, control).ok());
    const auto motion = readBvhFile(folder / "a.bvh", 0, control);
    ASSERT_TRUE(motion.ok()) << motion.error().message();
    EXPECT_DOUBLE_EQ(motion->metresPerUnit, 0.01);
    const auto again = imported(motion->scene);
    ASSERT_TRUE(again.ok()) << again.error().message();
    EXPECT_LT(worstAngle(clip, *again), kRadians);
    EXPECT_EQ(again->rate(), clip.rate());
    for (std::size_t i = 0; i < clip.translations().size(); ++i)
        if (i % 3 != 1) {
            EXPECT_NEAR(clip.translations()[i], again->translations()[i], kMetres);
        }
}

TEST(MotionImport, TakesARestPoseFromAFrame) {
    motion::Clip::Data data;
    data.poses.resize(2 * motion::kPoseSize);
    data.poses[motion::kPoseSize + 3 * motion::kHead] = 0.4F;
    data.translations.resize(6, 1.0F);
    const motion::Clip clip = motion::Clip::create(data).value();
    Scene scene = animated({.armsDown = 0.7}, clip);
    // A rest pose in which nobody stands: all bones lie on one place.
    for (SceneJoint& joint : scene.joints)
        joint.restRotation = Eigen::Quaternionf::Identity();
    const auto again = imported(scene, {.restFrame = 0});
    ASSERT_TRUE(again.ok()) << again.error().message();
    EXPECT_LT(worstAngle(clip, *again), 2e-3);
    const auto outside = imported(scene, {.restFrame = 2});
    ASSERT_FALSE(outside.ok());
    EXPECT_THAT(outside.error().message(), HasSubstr("frames 0 to 1"));
}

TEST(MotionImport, SaysWhichBonesAreMissing) {
    Scene scene = animated({}, test::livelyClip(2));
    for (SceneJoint& joint : scene.joints)
        if (joint.name == "left_knee") joint.name = "thing";
    const auto clip = imported(scene);
    ASSERT_FALSE(clip.ok());
    EXPECT_THAT(clip.error().message(), HasSubstr("none for left_knee."));
}

} // namespace
} // namespace gesture::interchange
