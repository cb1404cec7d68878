// SPDX-License-Identifier: Apache-2.0
// The renderer in contexts: made again and again, and inside one that others use too.

#include "tests/render/render_fixture.h"

#include <epoxy/gl.h>

namespace gesture::render {
namespace {

class ContextTest : public test::RenderTest {};

TEST_F(ContextTest, NamesTheDriver) {
    EXPECT_NE(context_->description().find("OpenGL 4."), std::string::npos);
}

TEST_F(ContextTest, TwentyContextsGiveTheSamePicture) {
    Image first;
    for (int i = 0; i < 20; ++i) {
        scene_.reset();
        context_.reset();
        SetUp();
        showFigure();
        const Image image = picture(framedCamera(CameraPreset::ThreeQuarter, 96, 128), 96, 128);
        if (i == 0) first = image;
        ASSERT_EQ(image.pixels, first.pixels) << "context " << i;
    }
}

TEST_F(ContextTest, TwoContextsLiveSideBySide) {
    showFigure();
    const Camera camera = framedCamera(CameraPreset::Front, 64, 64);
    const Image before = picture(camera, 64, 64);
    {
        auto other = HeadlessContext::create();
        ASSERT_TRUE(other.ok());
    }
    ASSERT_TRUE(context_->makeCurrent().ok());
    EXPECT_EQ(picture(camera, 64, 64).pixels, before.pixels);
}

TEST_F(ContextTest, AMultisampledTargetGetsTheSamePicture) {
    constexpr int kSize = 64;
    showFigure();
    const Image expected = picture(Camera{}, kSize, kSize);
    std::array<GLuint, 2> buffers{};
    std::array<GLuint, 2> framebuffers{};
    glGenRenderbuffers(2, buffers.data());
    glGenFramebuffers(2, framebuffers.data());
    for (std::size_t i = 0; i < 2; ++i) {
        glBindRenderbuffer(GL_RENDERBUFFER, buffers[i]);
        glRenderbufferStorageMultisample(GL_RENDERBUFFER, i == 0 ? 4 : 0, GL_RGBA8, kSize, kSize);
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[i]);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                                  buffers[i]);
    }
    ASSERT_TRUE(scene_->draw(Camera{}, {framebuffers[0], kSize, kSize}).ok());
    glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffers[0]);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, framebuffers[1]);
    glBlitFramebuffer(0, 0, kSize, kSize, 0, 0, kSize, kSize, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffers[1]);
    std::array<std::uint8_t, 4> middle{};
    glReadPixels(kSize / 2, kSize / 2, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, middle.data());
    const std::uint8_t* wanted = expected.at(kSize / 2, kSize - 1 - kSize / 2);
    for (std::size_t c = 0; c < 3; ++c)
        EXPECT_NEAR(middle[c], wanted[c], 2);
    EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
}

/// What another user of the context has set, all different from OpenGL's own start.
class ForeignStateTest : public ContextTest {
protected:
    static constexpr int kSize = 64;

    void SetUp() override {
        ContextTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        showFigure();
        makeFramebuffer();
        glGenVertexArrays(1, &array_);
        glBindVertexArray(array_);
        glGenBuffers(2, buffers_.data());
        glBindBuffer(GL_ARRAY_BUFFER, buffers_[0]);
        glBindBufferBase(GL_UNIFORM_BUFFER, 1, buffers_[1]);
        glGenSamplers(1, &sampler_);
        glBindSampler(3, sampler_);
        setSwitches();
    }
    void makeFramebuffer() {
        glGenTextures(1, &texture_);
        glActiveTexture(GL_TEXTURE2);
        glBindTexture(GL_TEXTURE_2D, texture_);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, kSize, kSize, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                     nullptr);
        glGenFramebuffers(1, &framebuffer_);
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
        glClearColor(1.0F, 0.0F, 1.0F, 1.0F);
        glClear(GL_COLOR_BUFFER_BIT);
    }
    static void setSwitches() {
        glViewport(1, 2, 3, 4);
        glScissor(5, 6, 7, 8);
        glEnable(GL_SCISSOR_TEST);
        glEnable(GL_BLEND);
        glBlendFuncSeparate(GL_DST_COLOR, GL_ONE, GL_ZERO, GL_SRC_ALPHA);
        glEnable(GL_DEPTH_TEST);
        glDepthFunc(GL_GREATER);
        glDepthMask(GL_FALSE);
        glColorMask(GL_TRUE, GL_FALSE, GL_TRUE, GL_FALSE);
        glEnable(GL_CULL_FACE);
        glCullFace(GL_FRONT);
        glFrontFace(GL_CW);
        glEnable(GL_STENCIL_TEST);
        glPixelStorei(GL_PACK_ALIGNMENT, 8);
        glPixelStorei(GL_UNPACK_ROW_LENGTH, 99);
        glClearColor(0.25F, 0.5F, 0.75F, 0.125F);
    }
    static int integer(GLenum name) {
        GLint value = 0;
        glGetIntegerv(name, &value);
        return value;
    }
    static std::vector<int> state() {
        std::vector<int> values;
        for (const GLenum name :
             {GL_DRAW_FRAMEBUFFER_BINDING, GL_READ_FRAMEBUFFER_BINDING, GL_CURRENT_PROGRAM,
              GL_VERTEX_ARRAY_BINDING, GL_ARRAY_BUFFER_BINDING, GL_UNIFORM_BUFFER_BINDING,
              GL_ACTIVE_TEXTURE, GL_BLEND_SRC_RGB, GL_BLEND_DST_RGB, GL_BLEND_SRC_ALPHA,
              GL_BLEND_DST_ALPHA, GL_DEPTH_FUNC, GL_CULL_FACE_MODE, GL_FRONT_FACE,
              GL_PACK_ALIGNMENT, GL_UNPACK_ROW_LENGTH, GL_DEPTH_WRITEMASK, GL_RENDERBUFFER_BINDING,
              GL_TRANSFORM_FEEDBACK_BUFFER_BINDING})
            values.push_back(integer(name));
        for (const GLenum name : {GL_VIEWPORT, GL_SCISSOR_BOX, GL_COLOR_WRITEMASK}) {
            std::array<GLint, 4> four{};
            glGetIntegerv(name, four.data());
            values.insert(values.end(), four.begin(), four.end());
        }
        for (const GLenum name :
             {GL_SCISSOR_TEST, GL_BLEND, GL_DEPTH_TEST, GL_CULL_FACE, GL_STENCIL_TEST,
              GL_RASTERIZER_DISCARD, GL_POLYGON_OFFSET_FILL, GL_MULTISAMPLE})
            values.push_back(glIsEnabled(name));
        const int active = integer(GL_ACTIVE_TEXTURE);
        for (unsigned unit = 0; unit < 8; ++unit) {
            glActiveTexture(GL_TEXTURE0 + unit);
            for (const GLenum name :
                 {GL_TEXTURE_BINDING_2D, GL_TEXTURE_BINDING_BUFFER, GL_SAMPLER_BINDING})
                values.push_back(integer(name));
        }
        glActiveTexture(static_cast<GLenum>(active));
        for (unsigned index = 0; index < 3; ++index) {
            GLint buffer = 0;
            glGetIntegeri_v(GL_UNIFORM_BUFFER_BINDING, index, &buffer);
            values.push_back(buffer);
        }
        return values;
    }
    std::array<std::uint8_t, 4> pixel(int x, int y) const {
        std::array<std::uint8_t, 4> value{};
        glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_);
        glReadPixels(x, y, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, value.data());
        return value;
    }

    GLuint texture_ = 0, framebuffer_ = 0, array_ = 0, sampler_ = 0;
    std::array<GLuint, 2> buffers_{};
};

TEST_F(ForeignStateTest, DrawingLeavesTheStateAsFound) {
    for (const Shading shading :
         {Shading::Shaded, Shading::Skeleton, Shading::Both, Shading::Wire}) {
        SceneStyle style;
        style.shading = shading;
        scene_->setStyle(style);
        const auto before = state();
        ASSERT_TRUE(scene_->draw(Camera{}, {framebuffer_, kSize, kSize}).ok());
        EXPECT_EQ(state(), before);
    }
    EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
}

TEST_F(ForeignStateTest, EveryOtherCallLeavesTheStateAsFound) {
    const auto before = state();
    ASSERT_TRUE(scene_->setMesh(figure_.mesh).ok());
    EXPECT_EQ(state(), before);
    ASSERT_TRUE(scene_->renderToImage(Camera{}, 32, 32).ok());
    EXPECT_EQ(state(), before);
    EXPECT_FALSE(scene_->readSkinnedVertices().empty());
    EXPECT_EQ(state(), before);
}

TEST_F(ForeignStateTest, ForeignStateDoesNotChangeThePicture) {
    const Image inForeignState = picture(Camera{}, 48, 48);
    scene_.reset();
    context_.reset();
    RenderTest::SetUp();
    showFigure();
    EXPECT_EQ(picture(Camera{}, 48, 48).pixels, inForeignState.pixels);
}

TEST_F(ForeignStateTest, DrawingStaysInsideItsRectangle) {
    ASSERT_TRUE(scene_->draw(Camera{}, {framebuffer_, 20, 24, 10, 16}).ok());
    const std::array<std::uint8_t, 4> untouched{255, 0, 255, 255};
    EXPECT_EQ(pixel(9, 20), untouched);
    EXPECT_EQ(pixel(30, 20), untouched);
    EXPECT_EQ(pixel(15, 15), untouched);
    EXPECT_EQ(pixel(15, 40), untouched);
    EXPECT_NE(pixel(10, 16), untouched);
    EXPECT_NE(pixel(29, 39), untouched);
}

} // namespace
} // namespace gesture::render
