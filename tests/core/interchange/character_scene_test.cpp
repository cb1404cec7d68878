// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/character_scene.h"

#include "core/interchange/scene_pose.h"
#include "core/motion/ground.h"
#include "core/motion/procedural_clip.h"
#include "tests/support/synthetic_clip.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace gesture::interchange {
namespace {

using Eigen::Vector3f;

constexpr float kJointTolerance = 1e-5F;  // metres: float over a chain of ten joints
constexpr float kVertexTolerance = 2e-5F; // metres: weights below 1e-5 are left out

const io::Avatar& freeAvatar() {
    static const io::Avatar avatar = io::readAvatarFile(std::filesystem::path(GESTURE_TEST_SOURCE) /
                                                        "resources" / "avatar" / "free-avatar.npz")
                                         .value();
    return avatar;
}

class CharacterScene : public ::testing::Test {
protected:
    Scene make(const CharacterOptions& options) {
        JobControl control;
        auto scene = characterScene({freeAvatar(), clip_, {}, nullptr}, options, control);
        EXPECT_TRUE(scene.ok()) << (scene.ok() ? "" : scene.error().message());
        EXPECT_TRUE(checkScene(*scene).ok());
        return std::move(*scene);
    }
    /// Where our own forward kinematics put the joints of a frame.
    motion::PosedBody posed(std::int64_t frame) const {
        motion::PosedBody posed;
        freeAvatar().body->shaped({})->pose(
            {clip_->pose({frame}), clip_->translation({frame}),
             clip_->expression({frame}).first(
                 static_cast<std::size_t>(freeAvatar().body->expressionCount()))},
            posed);
        return posed;
    }
    float ground() const {
        return motion::groundUnder(*clip_, freeAvatar().body->data(),
                                   *freeAvatar().body->shaped({}));
    }

    std::shared_ptr<const motion::Clip> clip_ =
        std::make_shared<const motion::Clip>(motion::makeGreetingClip());
};

TEST_F(CharacterScene, JointsAreThoseOfForwardKinematicsOnTheFloor) {
    const Scene scene = make({});
    ASSERT_EQ(scene.animations.size(), 1U);
    EXPECT_EQ(scene.animations[0].frames, clip_->frameCount());
    for (const std::int64_t frame : {0L, 60L, 133L, clip_->frameCount() - 1}) {
        const auto expected = posed(frame);
        const auto frames = worldFromJoints(scene, scene.animations[0], frame);
        for (int j = 0; j < motion::kJointCount; ++j) {
            const Vector3f want = Vector3f(expected.joints.row(j)) - ground() * Vector3f::UnitY();
            EXPECT_LT((frames[static_cast<std::size_t>(j)].translation() - want).norm(),
                      kJointTolerance)
                << frame << ' ' << j;
        }
    }
}

TEST_F(CharacterScene, VerticesAreThoseOfTheBodyModel) {
    const Scene scene = make({});
    const SceneMesh& mesh = scene.meshes.at(0);
    const auto rest = freeAvatar().body->shaped({})->restVertices();
    const float lift = -motion::lowestRestVertex(*freeAvatar().body->shaped({}));
    // The clip's jaw is still, so the one pose corrective that the avatar has is not seen.
    const auto expected = posed(90);
    const auto vertices = posedVertices(scene, mesh, scene.animations[0], 90);
    ASSERT_EQ(vertices.size(), mesh.positions.size());
    const auto& faces = freeAvatar().body->data().faces;
    ASSERT_EQ(mesh.triangles.size(), faces.size());
    for (std::size_t f = 0; f < faces.size(); f += 7) {
        const auto body = static_cast<Eigen::Index>(faces[f][0]);
        const std::size_t vertex = mesh.triangles[f][0];
        EXPECT_LT(
            (mesh.positions[vertex] - Vector3f(rest.row(body)) - lift * Vector3f::UnitY()).norm(),
            1e-6F);
        const Vector3f want = Vector3f(expected.vertices.row(body)) - ground() * Vector3f::UnitY();
        EXPECT_LT((vertices[vertex] - want).norm(), kVertexTolerance) << f;
    }
}

TEST_F(CharacterScene, SolesOfTheRestPoseAreOnTheFloor) {
    const Scene scene = make({});
    float lowest = 1;
    for (const Vector3f& position : scene.meshes.at(0).positions)
        lowest = std::min(lowest, position.y());
    EXPECT_NEAR(lowest, 0.0F, 1e-5F);
}

TEST_F(CharacterScene, FaceUnitsBecomeShapesOfTheirNames) {
    const Scene scene = make({});
    const SceneAnimation& motion = scene.animations[0];
    ASSERT_EQ(motion.morphNames.size(), 52U);
    ASSERT_EQ(scene.meshes[0].morphs.size(), 52U);
    const auto blink =
        std::find(motion.morphNames.begin(), motion.morphNames.end(), "eyeBlinkLeft");
    ASSERT_NE(blink, motion.morphNames.end());
    float most = 0;
    for (std::int64_t t = 0; t < motion.frames; ++t)
        most = std::max(
            most, motion.morphWeights[static_cast<std::size_t>(t) * 52 +
                                      static_cast<std::size_t>(blink - motion.morphNames.begin())]);
    EXPECT_GT(most, 0.5F);
    for (const SceneMorph& morph : scene.meshes[0].morphs)
        EXPECT_LT(morph.vertices.size(), scene.meshes[0].positions.size() / 2) << morph.name;
}

TEST_F(CharacterScene, WithoutMeshThereIsASkeletonAlone) {
    CharacterOptions options;
    options.mesh = false;
    const Scene scene = make(options);
    EXPECT_TRUE(scene.meshes.empty());
    EXPECT_TRUE(scene.animations[0].morphNames.empty());
    EXPECT_EQ(scene.joints.size(), 55U);
}

TEST_F(CharacterScene, ARootBoneChangesNoJointInTheWorld) {
    CharacterOptions options;
    options.mesh = false;
    options.names = JointNaming::Unreal;
    const Scene plain = make(options);
    options.rootBone = true;
    const Scene rooted = make(options);
    ASSERT_EQ(rooted.joints.size(), 56U);
    EXPECT_EQ(rooted.joints[0].name, "root");
    EXPECT_EQ(rooted.joints[1].name, "pelvis");
    for (const std::int64_t frame : {0L, 100L}) {
        const auto a = worldFromJoints(plain, plain.animations[0], frame);
        const auto b = worldFromJoints(rooted, rooted.animations[0], frame);
        EXPECT_NEAR(b[0].translation().y(), 0.0F, 1e-7F);
        for (std::size_t j = 0; j < a.size(); ++j)
            EXPECT_LT((a[j].translation() - b[j + 1].translation()).norm(), 1e-6F);
    }
}

TEST_F(CharacterScene, OtherRatesHitTheSameMoments) {
    CharacterOptions options;
    options.mesh = false;
    const Scene source = make(options);
    for (const FrameRate rate : {FrameRate{60, 1}, FrameRate{120, 1}, FrameRate{15, 1}}) {
        options.rate = rate;
        const Scene scene = make(options);
        const double ratio = rate.perSecond() / 30.0;
        EXPECT_EQ(scene.animations[0].frames,
                  static_cast<std::int64_t>(static_cast<double>(clip_->frameCount() - 1) * ratio) +
                      1);
        const auto a = worldFromJoints(source, source.animations[0], 30);
        const auto b =
            worldFromJoints(scene, scene.animations[0], static_cast<std::int64_t>(30 * ratio));
        for (std::size_t j = 0; j < a.size(); ++j)
            EXPECT_LT((a[j].translation() - b[j].translation()).norm(), 1e-6F);
    }
}

TEST_F(CharacterScene, NtscRatesEndBeforeTheLastFrame) {
    CharacterOptions options;
    options.mesh = false;
    options.rate = FrameRate{30000, 1001};
    const Scene scene = make(options);
    const SceneAnimation& motion = scene.animations[0];
    EXPECT_NEAR(motion.framesPerSecond, 29.97, 1e-3);
    EXPECT_LE(static_cast<double>(motion.frames - 1) / motion.framesPerSecond,
              static_cast<double>(clip_->frameCount() - 1) / 30.0 + 1e-9);
    EXPECT_EQ(motion.frames, clip_->frameCount() - 1);
}

TEST_F(CharacterScene, ARangeBeginsAtItsFirstFrame) {
    CharacterOptions options;
    options.mesh = false;
    const Scene whole = make(options);
    options.range = FrameRange{{40}, {50}};
    const Scene part = make(options);
    EXPECT_EQ(part.animations[0].frames, 10);
    EXPECT_EQ(part.animations[0].translations[0], whole.animations[0].translations[40]);
}

TEST_F(CharacterScene, ImpossibleRequestsAreRefusedInWords) {
    JobControl control;
    CharacterOptions options;
    options.range = FrameRange{{0}, {100000}};
    auto beyond = characterScene({freeAvatar(), clip_, {}, nullptr}, options, control);
    ASSERT_FALSE(beyond.ok());
    EXPECT_NE(beyond.error().message().find("frames 0 to"), std::string::npos);
    options.range.reset();
    options.rate = FrameRate{240, 1};
    EXPECT_FALSE(characterScene({freeAvatar(), clip_, {}, nullptr}, options, control).ok());
}

TEST_F(CharacterScene, StopsWhenAsked) {
    std::stop_source source;
    source.request_stop();
    JobControl control(source.get_token(), {});
    auto scene = characterScene({freeAvatar(), clip_, {}, nullptr}, {}, control);
    ASSERT_FALSE(scene.ok());
    EXPECT_EQ(scene.error().code(), ErrorCode::Cancelled);
}

TEST(JointNames, OfEveryPresetAreDifferentFromEachOther) {
    for (const auto naming :
         {JointNaming::Smplx, JointNaming::Mixamo, JointNaming::Unreal, JointNaming::Vrm}) {
        std::vector<std::string_view> names(jointNames(naming).begin(), jointNames(naming).end());
        std::sort(names.begin(), names.end());
        EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end()) << nameOf(naming);
        EXPECT_EQ(jointNamingFrom(nameOf(naming)), naming);
    }
    EXPECT_EQ(jointNames(JointNaming::Mixamo)[motion::kLeftShoulder], "LeftArm");
    EXPECT_EQ(jointNames(JointNaming::Unreal)[motion::kRightWrist], "hand_r");
    EXPECT_EQ(jointNames(JointNaming::Vrm)[motion::kLeftAnkle], "leftFoot");
    EXPECT_EQ(jointNamingFrom("MIXAMO"), JointNaming::Mixamo);
    EXPECT_FALSE(jointNamingFrom("maya").has_value());
}

} // namespace
} // namespace gesture::interchange
