// SPDX-License-Identifier: Apache-2.0
// Pictures of the renderer, held against tests/baselines/render.

#include "tests/render/render_fixture.h"
#include "tests/support/picture_baseline.h"

namespace gesture::render {
namespace {

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
        EXPECT_TRUE(test::looksAs("render/" + name, image));
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
