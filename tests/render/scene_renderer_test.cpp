// SPDX-License-Identifier: Apache-2.0
#include "render/scene_renderer.h"

#include "render/image_comparison.h"
#include "tests/render/render_fixture.h"

#include <cstdlib>

namespace gesture::render {
namespace {

class SceneTest : public test::RenderTest {
protected:
    static constexpr int kWidth = 240;
    static constexpr int kHeight = 320;

    void SetUp() override {
        RenderTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        showFigure();
        camera_ = framedCamera(CameraPreset::Front, kWidth, kHeight);
    }
    /// The figure alone, on nothing.
    static SceneStyle bare() {
        SceneStyle style;
        style.transparentBackground = true;
        style.showGrid = false;
        style.showGroundShadow = false;
        return style;
    }
    Image pictureWith(const SceneStyle& style) {
        scene_->setStyle(style);
        return picture(camera_, kWidth, kHeight);
    }
    const std::uint8_t* pixelOf(const Image& image, const Eigen::Vector3f& world) const {
        const Eigen::Vector3f pixel = camera_.project(world, kWidth, kHeight);
        return image.at(static_cast<int>(pixel.x()), static_cast<int>(pixel.y()));
    }
    static int lightness(const std::uint8_t* pixel) { return pixel[0] + pixel[1] + pixel[2]; }

    Camera camera_;
};

TEST_F(SceneTest, TheSilhouetteIsWhereTheJointsAre) {
    const Image image = pictureWith(bare());
    for (const auto& joint : test::relaxedPose(figure_).joints)
        EXPECT_EQ(pixelOf(image, Eigen::Vector3f(joint.data()))[3], 255);
    const Box box = scene_->bounds();
    // Beside the head and between the shins there is nothing.
    EXPECT_EQ(pixelOf(image, {box.max().x(), box.max().y(), 0.0F})[3], 0);
    EXPECT_EQ(pixelOf(image, {0.0F, 0.2F, 0.0F})[3], 0);
}

TEST_F(SceneTest, TheSilhouetteTouchesTheFrameOnlyInside) {
    const Image image = pictureWith(bare());
    for (int y = 0; y < kHeight; ++y) {
        EXPECT_EQ(image.at(0, y)[3], 0);
        EXPECT_EQ(image.at(kWidth - 1, y)[3], 0);
    }
    for (int x = 0; x < kWidth; ++x) {
        EXPECT_EQ(image.at(x, 0)[3], 0);
        EXPECT_EQ(image.at(x, kHeight - 1)[3], 0);
    }
}

TEST_F(SceneTest, PartsHaveTheirColours) {
    const Image image = pictureWith(bare());
    const std::uint8_t* skin = pixelOf(image, {0.0F, 1.56F, 0.1F});
    EXPECT_GT(skin[0], skin[2] + 30);
    const std::uint8_t* top = pixelOf(image, {0.0F, 1.2F, 0.12F});
    EXPECT_GT(top[2], top[0] + 15);
}

TEST_F(SceneTest, ATintColoursTheWholeFigure) {
    Figure figure;
    figure.pose = test::relaxedPose(figure_);
    figure.tint = {0.0F, 1.0F, 0.0F};
    figure.tintAmount = 1.0F;
    ASSERT_TRUE(scene_->setFigures(std::span(&figure, 1)).ok());
    const Image image = pictureWith(bare());
    const std::uint8_t* skin = pixelOf(image, {0.0F, 1.56F, 0.1F});
    EXPECT_GT(skin[1], skin[0] + 80);
}

TEST_F(SceneTest, AJointColourReachesItsVerticesAlone) {
    Figure figure;
    figure.pose = test::relaxedPose(figure_);
    figure.jointColours.assign(test::CapsuleJointCount, {0.0F, 0.0F, 0.0F, 0.0F});
    figure.jointColours[test::Head] = {0.0F, 0.0F, 1.0F, 1.0F};
    const Image before = pictureWith(bare());
    ASSERT_TRUE(scene_->setFigures(std::span(&figure, 1)).ok());
    const Image after = pictureWith(bare());
    const Eigen::Vector3f head(0.0F, 1.56F, 0.1F);
    EXPECT_GT(pixelOf(after, head)[2], pixelOf(after, head)[0] + 80);
    const Eigen::Vector3f chest(0.0F, 1.2F, 0.12F);
    EXPECT_EQ(lightness(pixelOf(before, chest)), lightness(pixelOf(after, chest)));
}

TEST_F(SceneTest, JointColoursOfAnotherCountAreRefused) {
    Figure figure;
    figure.pose = test::relaxedPose(figure_);
    figure.jointColours.resize(3);
    const Status status = scene_->setFigures(std::span(&figure, 1));
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code(), ErrorCode::InvalidInput);
}

TEST_F(SceneTest, TwoFiguresStandSideBySide) {
    std::vector<Figure> figures(2);
    figures[0].pose = test::relaxedPose(figure_);
    figures[1].pose = test::posed(figure_, std::vector<std::array<float, 3>>(11), {2.5F, 0, 0});
    ASSERT_TRUE(scene_->setFigures(figures).ok());
    EXPECT_GT(scene_->bounds().sizes().x(), 3.0F);
    camera_ = framedCamera(CameraPreset::Front, kWidth, kHeight);
    const Image image = pictureWith(bare());
    EXPECT_EQ(pixelOf(image, {0.0F, 1.2F, 0.0F})[3], 255);
    EXPECT_EQ(pixelOf(image, {2.5F, 1.2F, 0.0F})[3], 255);
    EXPECT_EQ(pixelOf(image, {1.25F, 0.4F, 0.0F})[3], 0);
}

TEST_F(SceneTest, AnOutlineIsAContourThatHidesNothing) {
    std::vector<Figure> figures(2);
    figures[0].pose = test::posed(figure_, std::vector<std::array<float, 3>>(11), {2.5F, 0, 0});
    figures[0].form = FigureForm::Outline;
    figures[0].tint = {0.0F, 1.0F, 0.0F};
    figures[1].pose = test::relaxedPose(figure_);
    ASSERT_TRUE(scene_->setFigures(figures).ok());
    camera_ = framedCamera(CameraPreset::Front, kWidth, kHeight);
    const Image image = pictureWith(bare());
    EXPECT_EQ(pixelOf(image, {0.0F, 1.2F, 0.0F})[3], 255) << "the body is solid";
    EXPECT_EQ(pixelOf(image, {2.5F, 1.2F, 0.0F})[3], 0) << "inside of the contour is nothing";
    int green = 0;
    for (int y = 0; y < kHeight; ++y)
        for (int x = kWidth / 2; x < kWidth; ++x) {
            const std::uint8_t* const pixel = image.at(x, y);
            if (pixel[3] > 0 && pixel[1] > 200 && pixel[0] < 60) ++green;
        }
    EXPECT_GT(green, 80);
}

TEST_F(SceneTest, NoFiguresLeaveAnEmptyStage) {
    ASSERT_TRUE(scene_->setFigures({}).ok());
    const Image image = pictureWith(bare());
    EXPECT_EQ(pixelOf(image, {0.0F, 1.2F, 0.0F})[3], 0);
}

TEST_F(SceneTest, TheFeetCastShadeOnTheFloor) {
    camera_.pitch = 0.5F;
    SceneStyle style;
    style.backgroundCentre = style.backgroundEdge = rgbFromHex(0xC0C0C0);
    style.showGrid = false;
    style.quality = RenderQuality::High;
    const Image shaded = pictureWith(style);
    style.showGroundShadow = false;
    const Image plain = pictureWith(style);
    // The key light comes from the upper left: the shadow falls to the right, behind the feet.
    const Eigen::Vector3f right(0.32F, 0.0F, -0.25F);
    const Eigen::Vector3f left(-0.9F, 0.0F, 0.6F);
    EXPECT_LT(lightness(pixelOf(shaded, right)), lightness(pixelOf(plain, right)) - 60);
    EXPECT_NEAR(lightness(pixelOf(shaded, left)), lightness(pixelOf(plain, left)), 45);
}

TEST_F(SceneTest, GridLinesLieAtWholeMetres) {
    camera_.pitch = 0.6F;
    SceneStyle style;
    style.backgroundCentre = style.backgroundEdge = rgbFromHex(0x000000);
    style.gridColour = rgbFromHex(0xFFFFFF);
    style.showGroundShadow = false;
    ASSERT_TRUE(scene_->setFigures({}).ok());
    const Image image = pictureWith(style);
    const int onLine = lightness(pixelOf(image, {0.0F, 0.0F, 0.4F}));
    const int between = lightness(pixelOf(image, {0.12F, 0.0F, 0.4F}));
    EXPECT_GT(onLine, between + 150);
}

TEST_F(SceneTest, FromBelowTheFloorIsNotInTheWay) {
    camera_.pitch = -0.4F;
    SceneStyle style;
    style.backgroundCentre = style.backgroundEdge = rgbFromHex(0x000000);
    style.gridColour = rgbFromHex(0xFFFFFF);
    const Image image = pictureWith(style);
    EXPECT_LT(lightness(image.at(3, kHeight - 3)), 20);
}

TEST_F(SceneTest, TheBackgroundHasTheThemesColours) {
    ASSERT_TRUE(scene_->setFigures({}).ok());
    SceneStyle style;
    style.showGrid = style.showGroundShadow = false;
    const Image image = pictureWith(style);
    const std::uint8_t* middle = image.at(kWidth / 2, kHeight * 46 / 100);
    EXPECT_NEAR(middle[0], 0x2A, 2);
    EXPECT_NEAR(middle[1], 0x2E, 2);
    EXPECT_NEAR(middle[2], 0x35, 2);
    EXPECT_LT(lightness(image.at(0, kHeight - 1)), lightness(middle) - 15);
}

TEST_F(SceneTest, SkeletonModeDrawsThinBonesAlone) {
    SceneStyle style = bare();
    const Image body = pictureWith(style);
    style.shading = Shading::Skeleton;
    const Image skeleton = pictureWith(style);
    const auto covered = [](const Image& image) {
        std::size_t count = 0;
        for (std::size_t i = 3; i < image.pixels.size(); i += 4)
            count += image.pixels[i] > 128 ? 1U : 0U;
        return count;
    };
    EXPECT_LT(2 * covered(skeleton), covered(body));
    for (const auto& joint : test::relaxedPose(figure_).joints)
        EXPECT_GT(pixelOf(skeleton, Eigen::Vector3f(joint.data()))[3], 128);
}

TEST_F(SceneTest, BothShowsTheBoneThroughTheSkin) {
    SceneStyle style = bare();
    style.boneColour = {1.0F, 0.0F, 0.0F};
    style.jointColour = {1.0F, 0.0F, 0.0F};
    style.shading = Shading::Both;
    const Image image = pictureWith(style);
    const std::uint8_t* bone = pixelOf(image, {0.104F, 0.72F, 0.0F});
    EXPECT_GT(bone[0], bone[2] + 25);
}

TEST_F(SceneTest, WireLeavesHolesBetweenItsEdges) {
    camera_.distance *= 0.35F;
    SceneStyle style = bare();
    style.shading = Shading::Wire;
    const Image image = pictureWith(style);
    bool hasLine = false;
    bool hasHole = false;
    for (int y = kHeight / 2 - 20; y < kHeight / 2 + 20; ++y) {
        const std::uint8_t* pixel = image.at(kWidth / 2, y);
        hasLine = hasLine || pixel[3] > 60;
        hasHole = hasHole || pixel[3] < 20;
    }
    EXPECT_TRUE(hasLine);
    EXPECT_TRUE(hasHole);
}

TEST_F(SceneTest, BothQualitiesShowTheSamePicture) {
    SceneStyle style;
    style.quality = RenderQuality::High;
    const Image high = pictureWith(style);
    style.quality = RenderQuality::Interactive;
    const auto difference = compareImages(high, pictureWith(style));
    ASSERT_TRUE(difference.ok());
    EXPECT_GT(difference->ssim, 0.97);
}

TEST_F(SceneTest, TheLightTurnsWithTheCameraOnlyWhenAsked) {
    SceneStyle style = bare();
    style.lights = LightRig::FixedInWorld;
    camera_.yaw = 3.14159F;
    const Image fixed = pictureWith(style);
    style.lights = LightRig::WithCamera;
    const Image turning = pictureWith(style);
    const Eigen::Vector3f back(0.0F, 1.2F, -0.13F);
    EXPECT_GT(lightness(pixelOf(turning, back)), lightness(pixelOf(fixed, back)) + 30);
}

TEST_F(SceneTest, WhatIsKeptFromPictureToPictureNeverShowsAnOldOne) {
    const Camera first = camera_;
    SceneStyle dark;
    SceneStyle bright;
    bright.backgroundCentre = rgbFromHex(0xE9EBEE);
    const Image before = pictureWith(dark);
    camera_ = orbited(camera_, 100.0F, 40.0F);
    EXPECT_NE(pictureWith(dark).pixels, before.pixels);
    EXPECT_NE(pictureWith(bright).pixels, before.pixels);
    ASSERT_TRUE(scene_->renderToImage(camera_, 77, 55).ok());
    camera_ = first;
    EXPECT_EQ(pictureWith(dark).pixels, before.pixels);
    EXPECT_EQ(pictureWith(dark).pixels, before.pixels);
}

TEST_F(SceneTest, AnUpdatedPictureEqualsOneDrawnWhole) {
    const auto expectEqual = [&](Image& image, int width, int height) {
        const auto changed = scene_->updateImage(image, camera_, width, height);
        ASSERT_TRUE(changed.ok());
        const auto whole = scene_->renderToImage(camera_, width, height);
        ASSERT_TRUE(whole.ok());
        EXPECT_EQ(image.pixels, whole->pixels);
    };
    Image image;
    AvatarPose pose = test::relaxedPose(figure_);
    expectEqual(image, 200, 160);
    for (auto& transform : pose.worldFromRest)
        transform(0, 3) += 0.3F; // the figure steps aside: where it stood is background again
    ASSERT_TRUE(scene_->setPose(pose).ok());
    expectEqual(image, 200, 160);
    camera_ = orbited(camera_, 60.0F, 20.0F);
    expectEqual(image, 200, 160);
    expectEqual(image, 120, 90);
}

TEST_F(SceneTest, AnUpdateTouchesWhatMovesAlone) {
    SceneStyle style;
    style.showGroundShadow = false;
    scene_->setStyle(style);
    constexpr int kWide = 600;
    Image image;
    const auto first = scene_->updateImage(image, camera_, kWide, 160);
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(first->width, kWide);
    AvatarPose pose = test::relaxedPose(figure_);
    for (auto& transform : pose.worldFromRest)
        transform(0, 3) += 0.05F;
    ASSERT_TRUE(scene_->setPose(pose).ok());
    const auto second = scene_->updateImage(image, camera_, kWide, 160);
    ASSERT_TRUE(second.ok());
    EXPECT_LT(second->width, kWide / 2);
    const auto whole = scene_->renderToImage(camera_, kWide, 160);
    ASSERT_TRUE(whole.ok());
    EXPECT_EQ(image.pixels, whole->pixels);
}

TEST_F(SceneTest, SizesThatMakeNoSenseAreRefused) {
    for (const auto& [width, height] : {std::pair{0, 10}, {10, -1}, {100000, 10}}) {
        const auto image = scene_->renderToImage(camera_, width, height);
        ASSERT_FALSE(image.ok());
        EXPECT_EQ(image.error().code(), ErrorCode::Usage);
    }
}

TEST_F(SceneTest, AnOddSmallPictureIsDrawn) {
    const Image image = picture(camera_, 1, 3);
    EXPECT_EQ(image.pixels.size(), 12U);
}

} // namespace
} // namespace gesture::render
