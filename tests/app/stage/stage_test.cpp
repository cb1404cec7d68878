// SPDX-License-Identifier: Apache-2.0
#include "app/stage/stage.h"

#include "app/stage/avatar_choice.h"
#include "core/io/motion_file.h"
#include "render/headless_context.h"
#include "render/scene_renderer.h"
#include "tests/support/shared_data.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <random>

namespace gesture::app {
namespace {

/// What quality demands of the GPU against the CPU.
constexpr float kSkinningToleranceMetres = 1e-4F;

motion::Clip::Data randomPoses(std::int64_t frames) {
    std::mt19937 random(7);
    std::normal_distribution<float> angle(0.0F, 0.25F);
    motion::Clip::Data data;
    data.expressionSpace = motion::ExpressionSpace::Arkit52;
    for (std::int64_t i = 0; i < frames; ++i) {
        for (int k = 0; k < motion::kPoseSize; ++k)
            data.poses.push_back(angle(random));
        data.translations.insert(data.translations.end(), {0.1F, 1.3F, -0.2F});
        for (int k = 0; k < motion::kExpressionCount; ++k)
            data.expressions.push_back(k < 52 ? std::abs(angle(random)) : 0.0F);
    }
    return data;
}

std::shared_ptr<const motion::Clip> clipOf(motion::Clip::Data data) {
    return std::make_shared<const motion::Clip>(motion::Clip::create(std::move(data)).value());
}

/// The body model's own answer for a frame of the stage's clip.
motion::Points expectedVertices(const Stage& stage, FrameIndex frame) {
    const avatar::ExpressionMapper mapper(stage.avatar(), {stage.clip(), {}, nullptr});
    std::vector<float> coefficients(static_cast<std::size_t>(mapper.coefficientCount()));
    std::array<float, motion::kPoseSize> angles{};
    std::ranges::copy(stage.clip()->pose(frame), angles.begin());
    const AxisAngle jaw = mapper.map(frame, coefficients);
    std::copy_n(jaw.data(), 3, angles.begin() + std::ptrdiff_t{3} * motion::kJaw);
    motion::PosedBody posed;
    stage.avatar().body->shaped({})->pose({angles, stage.clip()->translation(frame), coefficients},
                                          posed);
    return posed.vertices;
}

void expectSameVertices(const std::vector<std::array<float, 3>>& shown,
                        const motion::Points& expected) {
    ASSERT_EQ(static_cast<Eigen::Index>(shown.size()), expected.rows());
    float worst = 0.0F;
    for (Eigen::Index v = 0; v < expected.rows(); ++v)
        for (Eigen::Index axis = 0; axis < 3; ++axis)
            worst = std::max(
                worst, std::abs(shown[static_cast<std::size_t>(v)][static_cast<std::size_t>(axis)] -
                                expected(v, axis)));
    EXPECT_LT(worst, kSkinningToleranceMetres);
}

TEST(Stage, TheGpuMovesTheShippedAvatarAsTheBodyModelDoes) {
    auto context = render::HeadlessContext::create();
    if (!context) GTEST_SKIP() << context.error().message();
    Stage stage(loadAvatar({}).value());
    stage.setClip(clipOf(randomPoses(3)), {});
    auto renderer = render::SceneRenderer::create();
    ASSERT_TRUE(renderer.ok()) << renderer.error().message();
    ASSERT_TRUE((*renderer)->setMesh(stage.mesh()).ok());
    for (std::int64_t i = 0; i < 3; ++i) {
        const motion::Points expected = expectedVertices(stage, {i});
        ASSERT_TRUE((*renderer)->setPose(stage.poseAt({i})).ok());
        expectSameVertices((*renderer)->readSkinnedVertices(), expected);
    }
}

/// A body of the size class of SMPL-X's own file: every direction moves every vertex.
io::Avatar denseAvatar() {
    constexpr Eigen::Index kVertices = 4000;
    motion::BodyModelData data = loadAvatar({}).value().body->data();
    std::mt19937 random(11);
    std::normal_distribution<float> value(0.0F, 1.0F);
    const auto fill = [&](motion::RowMatrix& matrix, Eigen::Index columns, float scale) {
        matrix.resize(3 * kVertices, columns);
        for (float& entry : matrix.reshaped())
            entry = scale * value(random);
    };
    fill(data.shapeDirections, 10, 0.01F);
    fill(data.expressionDirections, 100, 0.002F);
    fill(data.poseDirections, 486, 0.001F);
    data.poseDirectionIndex.resize(486);
    std::iota(data.poseDirectionIndex.begin(), data.poseDirectionIndex.end(), 0);
    data.templateVertices.conservativeResize(kVertices, Eigen::NoChange);
    data.weights.conservativeResize(kVertices, Eigen::NoChange);
    data.jointRegressor = motion::RowMatrix::Constant(motion::kJointCount, kVertices,
                                                      1.0F / static_cast<float>(kVertices));
    data.faces = {{0, 1, 2}};
    io::Avatar avatar;
    avatar.body = motion::BodyModel::create(std::move(data)).value();
    return avatar;
}

TEST(Stage, ADenseBodyIsShownAsTheBodyModelPosesIt) {
    auto context = render::HeadlessContext::create();
    if (!context) GTEST_SKIP() << context.error().message();
    Stage stage(denseAvatar());
    EXPECT_TRUE(stage.mesh().blendEntries.empty());
    motion::Clip::Data data = randomPoses(2);
    data.expressionSpace = motion::ExpressionSpace::Smplx;
    stage.setClip(clipOf(std::move(data)), {});
    auto renderer = render::SceneRenderer::create();
    ASSERT_TRUE(renderer.ok()) << renderer.error().message();
    ASSERT_TRUE((*renderer)->setMesh(stage.mesh()).ok());
    for (const FrameIndex frame : {FrameIndex{0}, FrameIndex{1}}) {
        const Status posed = (*renderer)->setPose(stage.poseAt(frame));
        ASSERT_TRUE(posed.ok()) << posed.error().message();
        expectSameVertices((*renderer)->readSkinnedVertices(), expectedVertices(stage, frame));
    }
}

TEST(Stage, FramesBeyondTheClipShowItsEnds) {
    Stage stage(loadAvatar({}).value());
    stage.setClip(clipOf(randomPoses(3)), {});
    const auto last = stage.poseAt({2}).joints;
    EXPECT_EQ(stage.poseAt({99}).joints, last);
    const auto first = stage.poseAt({0}).joints;
    EXPECT_EQ(stage.poseAt({-5}).joints, first);
}

TEST(Stage, WithoutAClipTheBodyStandsOnItsSoles) {
    Stage stage(loadAvatar({}).value());
    EXPECT_NEAR(stage.groundHeight(), -1.3065F, 1e-3F);
    EXPECT_TRUE(stage.expressionNote().empty());
}

TEST(Stage, TheCameraSubjectKnowsWhereTheBodyFaces) {
    Stage stage(loadAvatar({}).value());
    EXPECT_NEAR(stage.cameraSubject().facingYaw, 0.0F, 0.02F);
    motion::Clip::Data data = randomPoses(1);
    std::ranges::fill(data.poses, 0.0F);
    data.poses[1] = 1.0F; // turned about the vertical
    stage.setClip(clipOf(std::move(data)), {});
    EXPECT_NEAR(stage.cameraSubject().facingYaw, 1.0F, 0.02F);
}

TEST(Stage, TheRealClipStandsOnTheGroundAndSaysWhereItsFaceComesFrom) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1.npz");
    auto clip = io::readMotionFile(path);
    ASSERT_TRUE(clip.ok());
    Stage stage(loadAvatar({}).value());
    stage.setClip(std::make_shared<const motion::Clip>(std::move(*clip)), {});
    // The clip's floor is y = 0; measured for this avatar: 5 % value of the lowest sole -0.014 m.
    EXPECT_NEAR(stage.groundHeight(), -0.014F, 0.004F);
    EXPECT_FALSE(stage.expressionNote().empty());
}

} // namespace
} // namespace gesture::app
