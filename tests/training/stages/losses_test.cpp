// SPDX-License-Identifier: Apache-2.0
#include "core/motion/average_skeleton.h"
#include "tests/core/models/filled_source.h"
#include "tests/support/synthetic_body.h"
#include "training/losses/body_joints.h"
#include "training/losses/code_losses.h"
#include "training/losses/rotation_losses.h"
#include "training/stages/mel_augmentation.h"
#include "training/stages/motion_parts.h"

#include <ATen/ops/isfinite.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include <cmath>

namespace gesture::training {
namespace {

using gesture::test::namedUniform;

/// Poses of whole bodies, as axis-angles and as matrices.
struct Poses {
    std::vector<float> axisAngles;
    at::Tensor rotations;
};

/// (poses, 55, 3, 3) of axis-angles (poses, 55, 3).
at::Tensor matricesOf(const std::vector<float>& axisAngles) {
    const auto count = static_cast<std::int64_t>(axisAngles.size()) / motion::kPoseSize;
    at::Tensor rotations = at::zeros({count, motion::kJointCount, 3, 3});
    auto* out = rotations.data_ptr<float>();
    for (std::int64_t i = 0; i < count; ++i) {
        const std::span<const float, motion::kPoseSize> pose(
            axisAngles.data() + i * motion::kPoseSize, motion::kPoseSize);
        for (const Eigen::Matrix3f& turned : motion::localRotations(pose))
            for (int k = 0; k < 9; ++k)
                *out++ = turned(k / 3, k % 3);
    }
    return rotations;
}

Poses somePoses(std::int64_t count) {
    Poses poses;
    const at::Tensor drawn = 0.5 * namedUniform("poses", {count, motion::kPoseSize});
    poses.axisAngles.assign(drawn.data_ptr<float>(), drawn.data_ptr<float>() + drawn.numel());
    poses.rotations = matricesOf(poses.axisAngles);
    return poses;
}

TEST(BodyJoints, StandWhereForwardKinematicsPutsThem) {
    const Poses poses = somePoses(2);
    const BodyJoints body(motion::averageRestJoints(), at::Device(at::kCPU));
    const at::Tensor joints = body.pose(poses.rotations, {}).joints;
    for (std::int64_t i = 0; i < 2; ++i) {
        const std::span<const float, motion::kPoseSize> pose(
            poses.axisAngles.data() + i * motion::kPoseSize, motion::kPoseSize);
        const auto expected = motion::forwardKinematics(
            motion::localRotations(pose), motion::averageRestJoints(), Eigen::Vector3f::Zero());
        for (int joint = 0; joint < motion::kJointCount; ++joint)
            for (int axis = 0; axis < 3; ++axis)
                EXPECT_NEAR(joints[i][joint][axis].item<float>(),
                            expected.positions[static_cast<std::size_t>(joint)][axis], 1e-5);
    }
}

TEST(BodyJoints, BodiesOfAModelHaveItsJointsAndVertices) {
    const auto model = motion::BodyModel::create(gesture::test::syntheticBody({80, 6, 2, {}}));
    ASSERT_TRUE(model) << model.error().message();
    const at::Tensor betas = namedUniform("betas", {1, 6});
    const auto shaped = (*model)->shaped({betas.data_ptr<float>(), 6});
    Poses poses = somePoses(1);
    motion::PosedBody expected;
    const std::array<float, 3> nowhere{};
    shaped->pose({std::span<const float, motion::kPoseSize>(poses.axisAngles), nowhere, {}},
                 expected);
    // The model adds its mean hands itself.
    const auto& data = (*model)->data();
    for (std::size_t i = 0; i < 45; ++i) {
        poses.axisAngles[75 + i] += data.leftHandMean[i];
        poses.axisAngles[120 + i] += data.rightHandMean[i];
    }
    const BodyJoints body(**model, BodyJoints::Vertices::Yes, at::Device(at::kCPU));
    const auto posed = body.pose(matricesOf(poses.axisAngles), betas);
    for (int joint = 0; joint < motion::kJointCount; ++joint)
        for (int axis = 0; axis < 3; ++axis)
            EXPECT_NEAR(posed.joints[0][joint][axis].item<float>(), expected.joints(joint, axis),
                        1e-5);
    for (int vertex = 0; vertex < 80; ++vertex)
        for (int axis = 0; axis < 3; ++axis)
            EXPECT_NEAR(posed.vertices[0][vertex][axis].item<float>(),
                        expected.vertices(vertex, axis), 1e-5);
}

TEST(BodyJoints, FootSlideCountsStandingFeetAlone) {
    at::Tensor feet = at::zeros({1, 3, 4, 3});
    feet[0][1][0][0] = 0.3F; // the first foot moves by 0.3 and back
    at::Tensor contacts = at::zeros({1, 3, 4});
    EXPECT_EQ(footSlide(feet, contacts).item<float>(), 0.0F);
    contacts.fill_(1.0F);
    EXPECT_NEAR(footSlide(feet, contacts).item<float>(), 0.6F / 36.0F, 1e-6);
    contacts[0][1][0] = 0.9F; // not sure enough to stand in the second frame
    EXPECT_NEAR(footSlide(feet, contacts).item<float>(), 0.3F / 36.0F, 1e-6);
}

TEST(RotationLosses, AngleOfATurnIsTheTurn) {
    const double turn = 0.4;
    const at::Tensor rest = at::tensor({1.0F, 0.0F, 0.0F, 0.0F, 1.0F, 0.0F});
    const at::Tensor turned =
        at::tensor({static_cast<float>(std::cos(turn)), static_cast<float>(-std::sin(turn)), 0.0F,
                    static_cast<float>(std::sin(turn)), static_cast<float>(std::cos(turn)), 0.0F});
    EXPECT_NEAR(geodesicError(matricesFrom6d(rest), matricesFrom6d(2.0 * turned)).item<double>(),
                turn, 1e-5);
}

TEST(CodeLosses, WeightsOfLayersAreTheirPlaces) {
    EXPECT_NEAR(weightedLayers(at::tensor({3.0F, 4.0F, 6.0F})).item<double>(), 3.0 + 2.0 + 2.0,
                1e-6);
}

TEST(CodeLosses, TokensWithoutWeightDoNotCount) {
    const at::Tensor logits = namedUniform("logits", {1, 2, 4, 1});
    const at::Tensor codes = at::zeros({1, 2, 1}, at::kLong);
    const at::Tensor both = codeErrors(logits, codes);
    const at::Tensor first = codeErrors(logits, codes, at::tensor({1.0F, 0.0F}).view({1, 2}));
    const at::Tensor second = codeErrors(logits, codes, at::tensor({0.0F, 1.0F}).view({1, 2}));
    EXPECT_NEAR(both.item<double>(), (first + second).item<double>(), 1e-6);
}

TEST(MotionParts, PlacesOfSpeedsAreTheWay) {
    const at::Tensor speed = at::ones({1, 4, 2});
    const at::Tensor places = rootPlaces(speed, at::tensor({1.0F, 2.0F}).view({1, 2}));
    for (int i = 0; i < 4; ++i)
        EXPECT_NEAR(places[0][i][0].item<float>(), 1.0F + static_cast<float>(i) / 30.0F, 1e-6);
    const at::Tensor even = rootSpeed(places);
    EXPECT_TRUE(even.allclose(speed, 1e-4, 1e-5));
}

TEST(MelAugmentation, KeepsShapeAndDisturbsEverySampleItsOwnWay) {
    const at::Tensor mel = namedUniform("mel", {1, 20, 80}).expand({3, -1, -1}).contiguous();
    MelAugmentation settings;
    const at::Tensor other = disturbed(mel, settings);
    EXPECT_EQ(other.sizes(), mel.sizes());
    EXPECT_TRUE(at::isfinite(other).all().item<bool>());
    EXPECT_FALSE(other[0].allclose(other[1]));
    settings.speedShare = 1.0;
    const at::Tensor rows = speedRows(mel, settings);
    EXPECT_EQ(rows.sizes(), (std::vector<std::int64_t>{3, 20}));
    EXPECT_GE(rows.min().item<std::int64_t>(), 0);
    EXPECT_LE(rows.max().item<std::int64_t>(), 19);
}

} // namespace
} // namespace gesture::training
