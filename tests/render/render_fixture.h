// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/headless_context.h"
#include "render/scene_renderer.h"
#include "tests/support/capsule_figure.h"

#include <gtest/gtest.h>
#include <memory>

namespace gesture::test {

/// A headless context and a renderer in it; skips, with the reason, where there is no OpenGL.
class RenderTest : public ::testing::Test {
protected:
    void SetUp() override {
        auto context = render::HeadlessContext::create();
        if (!context && context.error().code() == ErrorCode::Unavailable)
            GTEST_SKIP() << context.error().message();
        ASSERT_TRUE(context.ok()) << context.error().message();
        context_ = std::move(*context);
        auto scene = render::SceneRenderer::create();
        ASSERT_TRUE(scene.ok()) << scene.error().message();
        scene_ = std::move(*scene);
    }

    /// Shows the capsule figure in its relaxed pose.
    void showFigure() {
        ASSERT_TRUE(scene_->setMesh(figure_.mesh).ok());
        ASSERT_TRUE(scene_->setPose(relaxedPose(figure_)).ok());
    }

    render::Image picture(const render::Camera& camera, int width, int height) {
        auto image = scene_->renderToImage(camera, width, height);
        EXPECT_TRUE(image.ok());
        return image ? std::move(*image) : render::Image{};
    }

    render::Camera framedCamera(render::CameraPreset preset, int width, int height) const {
        render::CameraSubject subject;
        subject.bounds = scene_->bounds();
        return presetCamera(preset, subject, {width, height});
    }

    std::unique_ptr<render::HeadlessContext> context_;
    std::unique_ptr<render::SceneRenderer> scene_;
    const CapsuleFigure figure_ = makeCapsuleFigure();
};

} // namespace gesture::test
