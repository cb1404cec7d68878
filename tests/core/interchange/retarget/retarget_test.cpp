// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/retarget.h"

#include "core/interchange/retarget/bone_map_guess.h"
#include "core/interchange/retarget/skeleton_places.h"
#include "core/motion/forward_kinematics.h"
#include "tests/core/interchange/retarget/synthetic_rig.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numbers>
#include <stop_token>
#include <string>

namespace gesture::interchange {
namespace {

using Eigen::Vector3d;
using ::testing::HasSubstr;

constexpr std::int64_t kFrames = 20;

/// Stands `rig` up, retargets onto it and puts the motion into it.
void animate(Scene& rig, const motion::Clip& clip, const RetargetOptions& options = {}) {
    const BoneMap map = guessBoneMap(rig.joints);
    const Status stands = standUpright(rig, map);
    ASSERT_TRUE(stands.ok()) << stands.error().message();
    JobControl control;
    auto animation = retargetClip(clip, test::averageBody(), rig, map, options, control);
    ASSERT_TRUE(animation.ok()) << animation.error().message();
    rig.animations = {std::move(*animation)};
    const Status fits = checkScene(rig);
    ASSERT_TRUE(fits.ok()) << fits.error().message();
}

motion::SkeletonPose sourcePose(const motion::Clip& clip, std::int64_t frame) {
    const auto moved = clip.translation({frame});
    return motion::forwardKinematics(motion::localRotations(clip.pose({frame})),
                                     test::averageBody().rest, {moved[0], moved[1], moved[2]});
}

double sourceFloor(const motion::Clip& clip) {
    JobControl control;
    return floorUnder(clip, test::averageBody(), control).value();
}

/// Largest distance of a joint from where the source's is, metres of the source.
double worstPlace(const Scene& rig, const motion::Clip& clip, double scale) {
    double worst = 0;
    SkeletonPlaces places;
    const Vector3d floor = sourceFloor(clip) * Vector3d::UnitY();
    for (std::int64_t frame = 0; frame < clip.frameCount(); ++frame) {
        placesAt(rig, rig.animations.front(), frame, places);
        const motion::SkeletonPose source = sourcePose(clip, frame);
        for (std::size_t j = 0; j < motion::kJointCount; ++j)
            worst = std::max(worst, (places.positions[j + 1] / scale + floor -
                                     source.positions[j].cast<double>())
                                        .norm());
    }
    return worst;
}

constexpr double kTolerance = 1e-3; // metres: two-bone kinematics in float32

TEST(Retarget, PutsABodyOfOurSizeWhereTheSourceIs) {
    Scene rig = test::syntheticRig({});
    const motion::Clip clip = test::livelyClip(kFrames);
    animate(rig, clip);
    EXPECT_LT(worstPlace(rig, clip, 1), kTolerance);
}

TEST(Retarget, RaisesTheArmsOfAnAPose) {
    Scene rig = test::syntheticRig({.armsDown = 0.8});
    const motion::Clip clip = test::livelyClip(kFrames);
    animate(rig, clip);
    EXPECT_LT(worstPlace(rig, clip, 1), kTolerance);
}

TEST(Retarget, ScalesTheWayToTheLegsAndTurnsOtherAxes) {
    const Eigen::Quaterniond upIsZ(Eigen::AngleAxisd(std::numbers::pi / 2, Vector3d::UnitX()));
    Scene rig = test::syntheticRig({.armsDown = 0.3, .scale = 1.5, .world = upIsZ});
    const motion::Clip clip = test::livelyClip(kFrames);
    animate(rig, clip);
    EXPECT_LT(worstPlace(rig, clip, 1.5), kTolerance);
}

TEST(Retarget, CarriesBonesThatHangSideBySide) {
    Scene rig = test::syntheticRig({.sideBySide = true});
    const motion::Clip clip = test::livelyClip(kFrames);
    animate(rig, clip);
    EXPECT_LT(worstPlace(rig, clip, 1), kTolerance);
}

TEST(Retarget, MovesTheRootOnTheGroundWhenAsked) {
    Scene rig = test::syntheticRig({});
    const motion::Clip clip = test::livelyClip(kFrames);
    animate(rig, clip, {.root = RootMotion::Root});
    EXPECT_LT(worstPlace(rig, clip, 1), kTolerance);
    SkeletonPlaces places;
    placesAt(rig, rig.animations.front(), kFrames - 1, places);
    EXPECT_NEAR(places.positions[0].y(), 0, 1e-5);
    EXPECT_NEAR(places.positions[0].z(), places.positions[1].z(), 0.01);
}

/// Takes a joint out; its children hang from its parent.
void removeJoint(Scene& rig, const std::string& name) {
    const auto found = std::find_if(rig.joints.begin(), rig.joints.end(),
                                    [&](const SceneJoint& joint) { return joint.name == name; });
    ASSERT_NE(found, rig.joints.end());
    const int gone = static_cast<int>(found - rig.joints.begin());
    for (SceneJoint& joint : rig.joints) {
        if (joint.parent == gone) {
            joint.restTranslation =
                found->restTranslation + found->restRotation * joint.restTranslation;
            joint.restRotation = found->restRotation * joint.restRotation;
            joint.parent = found->parent;
        }
        if (joint.parent > gone) --joint.parent;
    }
    rig.joints.erase(found);
}

int jointOf(const Scene& rig, const std::string& name) {
    for (std::size_t i = 0; i < rig.joints.size(); ++i)
        if (rig.joints[i].name == name) return static_cast<int>(i);
    return -1;
}

TEST(Retarget, KeepsTheOrientationsOfChestAndHandsWithFewerSpines) {
    Scene rig = test::syntheticRig({});
    removeJoint(rig, "spine2");
    const motion::Clip clip = test::livelyClip(kFrames);
    animate(rig, clip);
    SkeletonPlaces places;
    placesAt(rig, rig.animations.front(), 7, places);
    const motion::SkeletonPose source = sourcePose(clip, 7);
    const SkeletonPlaces rest = restPlaces(rig.joints);
    for (const char* name : {"spine3", "left_wrist", "head"}) {
        const auto bone = static_cast<std::size_t>(jointOf(rig, name));
        const Eigen::Quaterniond turned = places.rotations[bone] * rest.rotations[bone].conjugate();
        const Eigen::Quaterniond wanted(Eigen::Matrix3d(
            source.worldFromJoint[static_cast<std::size_t>(*motion::findJoint(name))]
                .cast<double>()));
        EXPECT_LT(turned.angularDistance(wanted), 1e-4) << name;
    }
}

TEST(Retarget, KeepsStandingFeetStillOnWiderHips) {
    Scene rig = test::syntheticRig({});
    for (const char* name : {"left_hip", "right_hip"})
        rig.joints[static_cast<std::size_t>(jointOf(rig, name))].restTranslation *= 1.4F;
    motion::Clip::Data data;
    data.poses.resize(kFrames * motion::kPoseSize);
    data.translations.resize(kFrames * 3);
    for (std::size_t i = 0; i < kFrames; ++i) // knees bend while the hips go down
        data.translations[3 * i + 1] = 1.3065F;
    animate(rig, motion::Clip::create(data).value());
    SkeletonPlaces places;
    placesAt(rig, rig.animations.front(), 0, places);
    const SkeletonPlaces rest = restPlaces(rig.joints);
    for (const char* name : {"left_ankle", "right_ankle"}) {
        const auto bone = static_cast<std::size_t>(jointOf(rig, name));
        EXPECT_NEAR(places.positions[bone].y(), rest.positions[bone].y(), kTolerance) << name;
    }
}

TEST(Retarget, LetsFaceShapesFollow) {
    Scene rig = test::syntheticRig({});
    rig.meshes.front().morphs.push_back(
        {"Face.JawOpen", {0}, {Vector3d::UnitY().cast<float>()}, {}});
    motion::Clip::Data data;
    data.poses.resize(2 * motion::kPoseSize);
    data.translations.resize(6);
    data.expressions.resize(2 * motion::kExpressionCount);
    data.expressionSpace = motion::ExpressionSpace::Arkit52;
    data.expressions[motion::kExpressionCount + 24] = 0.5F; // jawOpen
    animate(rig, motion::Clip::create(data).value());
    const SceneAnimation& animation = rig.animations.front();
    EXPECT_THAT(animation.morphNames, ::testing::ElementsAre("Face.JawOpen"));
    EXPECT_THAT(animation.morphWeights, ::testing::ElementsAre(0.0F, 0.5F));
}

TEST(Retarget, RefusesARestPoseThatDoesNotStand) {
    Scene rig = test::syntheticRig({.ownAxes = false});
    for (const char* name : {"left_knee", "right_knee"})
        rig.joints[static_cast<std::size_t>(jointOf(rig, name))].restTranslation *= -1.0F;
    for (const char* name : {"left_ankle", "right_ankle"})
        rig.joints[static_cast<std::size_t>(jointOf(rig, name))].restTranslation *= -1.0F;
    const Status stands = standUpright(rig, guessBoneMap(rig.joints));
    ASSERT_FALSE(stands.ok());
    EXPECT_THAT(stands.error().message(), HasSubstr("stands upright"));
}

TEST(Retarget, IsStoppedWhenAsked) {
    const Scene rig = test::syntheticRig({});
    std::stop_source stop;
    stop.request_stop();
    JobControl control(stop.get_token(), [](const Progress&) {});
    const auto animation = retargetClip(test::livelyClip(kFrames), test::averageBody(), rig,
                                        guessBoneMap(rig.joints), {}, control);
    ASSERT_FALSE(animation.ok());
    EXPECT_EQ(animation.error().code(), ErrorCode::Cancelled);
}

} // namespace
} // namespace gesture::interchange
