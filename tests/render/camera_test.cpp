// SPDX-License-Identifier: Apache-2.0
#include "render/camera.h"

#include <gtest/gtest.h>
#include <numbers>

namespace gesture::render {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;
constexpr float kPixelTolerance = 0.6F; // float rounding over a thousand pixels

CameraSubject standingSubject() {
    CameraSubject subject;
    subject.bounds = Box(Eigen::Vector3f(-0.8F, 0.0F, -0.2F), Eigen::Vector3f(0.8F, 1.75F, 0.25F));
    subject.face = {0.0F, 1.62F, 0.09F};
    subject.leftHand = {0.35F, 1.1F, 0.3F};
    subject.rightHand = {-0.35F, 1.0F, 0.3F};
    return subject;
}

class PresetTest : public ::testing::TestWithParam<CameraPreset> {};

TEST_P(PresetTest, ShowsTheWholeBodyBelowTheReservedRows) {
    const CameraSubject subject = standingSubject();
    const PictureFrame frame{1280, 720, 46};
    const Camera camera = presetCamera(GetParam(), subject, frame);
    for (int i = 0; i < 8; ++i) {
        const auto corner = subject.bounds.corner(static_cast<Box::CornerType>(i));
        const Eigen::Vector3f pixel = camera.project(corner, frame.width, frame.height);
        EXPECT_GT(pixel.z(), 0.0F);
        EXPECT_GE(pixel.x(), -kPixelTolerance);
        EXPECT_LE(pixel.x(), 1280.0F + kPixelTolerance);
        EXPECT_GE(pixel.y(), 46.0F - kPixelTolerance);
        EXPECT_LE(pixel.y(), 720.0F + kPixelTolerance);
    }
}

INSTANTIATE_TEST_SUITE_P(Camera, PresetTest,
                         ::testing::Values(CameraPreset::Front, CameraPreset::ThreeQuarter,
                                           CameraPreset::Side, CameraPreset::Back));

TEST(Camera, FrontPresetStandsBeforeTheFaceAndSideOnItsLeft) {
    const CameraSubject subject = standingSubject();
    EXPECT_GT(presetCamera(CameraPreset::Front, subject, {}).position().z(), 1.0F);
    EXPECT_LT(presetCamera(CameraPreset::Back, subject, {}).position().z(), -1.0F);
    EXPECT_GT(presetCamera(CameraPreset::Side, subject, {}).position().x(), 1.0F);
}

TEST(Camera, FacePresetFillsThePictureWithTheHead) {
    const CameraSubject subject = standingSubject();
    const Camera camera = presetCamera(CameraPreset::Face, subject, {800, 600});
    const Eigen::Vector3f crown =
        camera.project(subject.face + Eigen::Vector3f(0, 0.13F, 0), 800, 600);
    const Eigen::Vector3f chin =
        camera.project(subject.face - Eigen::Vector3f(0, 0.13F, 0), 800, 600);
    EXPECT_GT(crown.y(), 0.0F);
    EXPECT_LT(chin.y(), 600.0F);
    EXPECT_GT(chin.y() - crown.y(), 300.0F);
}

TEST(Camera, HandsPresetShowsBothHands) {
    const CameraSubject subject = standingSubject();
    const Camera camera = presetCamera(CameraPreset::Hands, subject, {1280, 720, 46});
    for (const Eigen::Vector3f& hand : {subject.leftHand, subject.rightHand}) {
        const Eigen::Vector3f pixel = camera.project(hand, 1280, 720);
        EXPECT_GT(pixel.x(), 0.0F);
        EXPECT_LT(pixel.x(), 1280.0F);
        EXPECT_GT(pixel.y(), 46.0F);
        EXPECT_LT(pixel.y(), 720.0F);
    }
}

TEST(Camera, FramingAnEmptyBoxChangesNothing) {
    const Camera before;
    const Camera after = framed(before, Box(), {});
    EXPECT_EQ(before.distance, after.distance);
    EXPECT_EQ(before.target, after.target);
}

TEST(Camera, OrbitKeepsTheTargetAndStopsBelowThePole) {
    const Camera before;
    const Camera after = orbited(before, 120.0F, 100000.0F);
    EXPECT_EQ(before.target, after.target);
    EXPECT_LT(after.pitch, 0.5F * kPi);
    EXPECT_NE(before.yaw, after.yaw);
}

TEST(Camera, PanMovesTheTargetByThePointersPixels) {
    const Camera before;
    const Eigen::Vector3f point = before.target;
    const Camera after = panned(before, 37.0F, -21.0F, 720);
    const Eigen::Vector3f moved =
        after.project(point, 1280, 720) - before.project(point, 1280, 720);
    EXPECT_NEAR(moved.x(), 37.0F, kPixelTolerance);
    EXPECT_NEAR(moved.y(), -21.0F, kPixelTolerance);
}

TEST(Camera, DollyComesNearerAndStopsBeforeTheTarget) {
    const Camera before;
    EXPECT_LT(dollied(before, 100.0F).distance, before.distance);
    EXPECT_GT(dollied(before, 1.0e6F).distance, 0.1F);
    EXPECT_LT(dollied(before, -1.0e6F).distance, 100.0F);
}

TEST(Camera, FollowingKeepsTheRootWhereItIsInThePicture) {
    const Camera before;
    const Eigen::Vector3f from(0.1F, 0.9F, 0.2F);
    const Eigen::Vector3f to(1.1F, 0.8F, -2.0F);
    const Eigen::Vector3f a = before.project(from, 640, 480);
    const Eigen::Vector3f b = followed(before, from, to).project(to, 640, 480);
    EXPECT_NEAR((a - b).norm(), 0.0F, kPixelTolerance);
}

TEST(Camera, InterpolationStartsAndEndsExactlyAndTurnsTheShortWay) {
    Camera from;
    from.yaw = 3.0F;
    from.distance = 2.0F;
    Camera to = from;
    to.yaw = -3.0F;
    to.distance = 8.0F;
    EXPECT_EQ(interpolated(from, to, 0.0F).yaw, from.yaw);
    EXPECT_EQ(interpolated(from, to, 1.0F).yaw, to.yaw);
    const Camera middle = interpolated(from, to, 0.5F);
    EXPECT_NEAR(std::abs(middle.yaw), kPi, 1e-4F);
    EXPECT_NEAR(middle.distance, 4.0F, 1e-4F);
}

} // namespace
} // namespace gesture::render
