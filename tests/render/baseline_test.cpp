// SPDX-License-Identifier: Apache-2.0
// Pictures held against tests/baselines/render. A picture that differs, or has no baseline, is
// written to <build>/bin/pictures; look at it, and copy it to the baselines if it is right.

#include "render/image_comparison.h"
#include "tests/render/render_fixture.h"

#include <filesystem>

namespace gesture::render {
namespace {

constexpr double kLeastSsim = 0.985;    // other drivers round edges and shadows differently
constexpr double kMostDiffering = 0.03; // share of pixels off by more than 8 of 255

constexpr int kWidth = 180;
constexpr int kHeight = 240;

class BaselineTest : public test::RenderTest {
protected:
    void SetUp() override {
        RenderTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        showFigure();
    }

    void expectBaseline(const std::string& name, const SceneStyle& style, CameraPreset preset) {
        scene_->setStyle(style);
        const Image image = picture(framedCamera(preset, kWidth, kHeight), kWidth, kHeight);
        const std::filesystem::path baseline =
            std::filesystem::path(GESTURE_TEST_SOURCE) / "tests/baselines/render" / (name + ".png");
        const std::filesystem::path folder =
            std::filesystem::path(GESTURE_TEST_BINARIES) / "pictures";
        std::filesystem::create_directories(folder);
        const std::filesystem::path written = folder / (name + ".png");
        const auto expected = readPng(baseline);
        const auto difference =
            expected ? compareImages(*expected, image) : Result<ImageDifference>(expected.error());
        if (difference && difference->ssim >= kLeastSsim &&
            difference->differingShare <= kMostDiffering)
            return;
        ASSERT_TRUE(writePng(written, image).ok());
        if (!difference) FAIL() << difference.error().message() << " The picture is " << written;
        FAIL() << "ssim " << difference->ssim << ", differing share " << difference->differingShare
               << "; the picture is " << written;
    }

    static SceneStyle light() {
        SceneStyle style;
        style.backgroundCentre = rgbFromHex(0xE9EBEE);
        style.backgroundEdge = rgbFromHex(0xC6CBD2);
        style.gridColour = rgbFromHex(0xAAB1BB);
        return style;
    }
};

TEST_F(BaselineTest, DarkThreeQuarterInHighQuality) {
    SceneStyle style;
    style.quality = RenderQuality::High;
    expectBaseline("dark-three-quarter", style, CameraPreset::ThreeQuarter);
}

TEST_F(BaselineTest, LightFrontInInteractiveQuality) {
    expectBaseline("light-front", light(), CameraPreset::Front);
}

TEST_F(BaselineTest, SkeletonInsideTheGlassBody) {
    SceneStyle style = light();
    style.shading = Shading::Both;
    expectBaseline("light-both", style, CameraPreset::ThreeQuarter);
}

TEST_F(BaselineTest, SkeletonAlone) {
    SceneStyle style;
    style.shading = Shading::Skeleton;
    expectBaseline("dark-skeleton", style, CameraPreset::Side);
}

TEST_F(BaselineTest, TransparentBackground) {
    SceneStyle style = light();
    style.transparentBackground = true;
    expectBaseline("transparent", style, CameraPreset::Front);
}

} // namespace
} // namespace gesture::render
