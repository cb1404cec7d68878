// SPDX-License-Identifier: Apache-2.0
#include "render/floor_renderer.h"

#include "gesture_render_resources.h"

#include <algorithm>
#include <cmath>
#include <epoxy/gl.h>

namespace gesture::render {

namespace {

/// Samples a point of the floor's light, by RenderQuality.
constexpr std::array<std::string_view, 2> kFloorTaps{"#define FLOOR_TAPS 32\n",
                                                     "#define FLOOR_TAPS 6\n"};
/// Metres around the middle beyond which the floor has faded out; as in floor.frag.
constexpr float kFloorReach = 6.5F;

/// Rows of the picture, from below, that can show the floor. The camera never rolls, so the floor's
/// far edge is level.
int floorRows(const FrameUniforms& frame, int height) {
    const Eigen::Vector2f eye(frame.eye[0], frame.eye[2]);
    const Eigen::Vector2f middle(frame.floorMiddle[0], frame.floorMiddle[1]);
    Eigen::Vector2f ahead(frame.rayForward[0], frame.rayForward[2]);
    if (frame.eye[1] <= frame.floorRegion[3]) return 0;
    if (ahead.norm() < 1e-3F) return height;
    ahead.normalize();
    const float farthest = ahead.dot(middle - eye) + kFloorReach;
    if (farthest <= 0.0F) return 0;
    const Eigen::Vector2f edge = eye + farthest * ahead;
    const Eigen::Matrix4f clipFromWorld(frame.clipFromWorld.data());
    const Eigen::Vector4f clip =
        clipFromWorld * Eigen::Vector4f(edge.x(), frame.floorRegion[3], edge.y(), 1.0F);
    if (clip.w() < 1e-3F) return height;
    const float share = std::clamp(0.5F + 0.5F * clip.y() / clip.w(), 0.0F, 1.0F);
    return static_cast<int>(std::ceil(share * static_cast<float>(height)));
}

/// The part of a frame that the picture without figures depends on.
FrameUniforms stillPart(const FrameUniforms& frame) {
    FrameUniforms still;
    still.clipFromWorld = frame.clipFromWorld;
    still.eye = frame.eye;
    still.backgroundCentre = frame.backgroundCentre;
    still.backgroundEdge = frame.backgroundEdge;
    still.gridColour = frame.gridColour;
    still.floorRegion[3] = frame.floorRegion[3];
    still.floorMiddle = frame.floorMiddle;
    still.floorShade = frame.floorShade;
    still.rayForward = frame.rayForward;
    still.rayRight = frame.rayRight;
    still.rayUp = frame.rayUp;
    still.viewport = frame.viewport;
    return still;
}

/// Pixels of the picture that the shaded part of the floor covers, from its lower left corner.
PixelRectangle shadedRectangle(const FrameSetup& setup, const PixelRectangle& picture) {
    const FrameUniforms& frame = setup.uniforms;
    const PixelRectangle everyRow{0, 0, picture.width, floorRows(frame, picture.height)};
    const Eigen::Matrix4f clipFromWorld(frame.clipFromWorld.data());
    const Eigen::Array2f size(static_cast<float>(picture.width),
                              static_cast<float>(picture.height));
    Eigen::Array2f low = size;
    Eigen::Array2f high = Eigen::Array2f::Zero();
    for (int i = 0; i < 4; ++i) {
        const Eigen::Vector2f place = setup.shaded.corner(static_cast<FloorBox::CornerType>(i));
        const Eigen::Vector4f corner(place.x(), frame.floorRegion[3], place.y(), 1.0F);
        const Eigen::Vector4f clip = clipFromWorld * corner;
        if (clip.w() < 0.05F) return everyRow;
        const Eigen::Array2f pixel = (0.5F + 0.5F * clip.head<2>().array() / clip.w()) * size;
        low = low.min(pixel);
        high = high.max(pixel);
    }
    const Eigen::Array2i first = low.max(0.0F).min(size).floor().cast<int>();
    const Eigen::Array2i last = high.max(0.0F).min(size).ceil().cast<int>();
    const int top = std::min(last.y(), everyRow.height);
    return {first.x(), first.y(), last.x() - first.x(), top - first.y()};
}

/// Texels of the floor's light that the shaded part covers.
PixelRectangle shadedTexels(const FrameSetup& setup, int lightSize) {
    const auto& [x, z, half, height] = setup.uniforms.floorRegion;
    const Eigen::Array2f middle(x, z);
    const float extent = 2.0F * half;
    const auto size = static_cast<float>(lightSize);
    const auto texel = [&](const Eigen::Vector2f& place) -> Eigen::Array2f {
        return (0.5F + (place.array() - middle) / extent) * size;
    };
    const Eigen::Array2i first = texel(setup.shaded.min()).max(0.0F).min(size).floor().cast<int>();
    const Eigen::Array2i last = texel(setup.shaded.max()).max(0.0F).min(size).ceil().cast<int>();
    return {first.x(), first.y(), last.x() - first.x(), last.y() - first.y()};
}

Result<GlProgram> backdropProgram(std::string_view name, std::string_view fragment) {
    auto program = GlProgram::build(
        {name,
         {shaders::frame_glsl, shaders::backdrop_vert},
         {shaders::frame_glsl, shaders::dither_glsl, shaders::backdrop_glsl, fragment},
         {}});
    if (program) program->connectBlock("Frame", 0);
    return program;
}

Result<GlProgram> lightProgram(std::string_view taps) {
    auto program = GlProgram::build(
        {"floor light",
         {shaders::floor_light_vert},
         {taps, shaders::frame_glsl, shaders::dither_glsl, shaders::floor_light_frag},
         {}});
    if (!program) return program;
    program->connectBlock("Frame", 0);
    program->set("shadowDepth", 0);
    program->set("shadowMap", 1);
    program->set("topDepth", 2);
    return program;
}

} // namespace

Result<FloorRenderer> FloorRenderer::create() {
    FloorRenderer renderer;
    auto background = backdropProgram("background", shaders::background_frag);
    if (!background) return std::move(background).error();
    auto floor = backdropProgram("floor", shaders::floor_frag);
    if (!floor) return std::move(floor).error();
    auto composite = GlProgram::build({"composite",
                                       {shaders::frame_glsl, shaders::backdrop_vert},
                                       {shaders::composite_frag},
                                       {}});
    if (!composite) return std::move(composite).error();
    auto smooth = GlProgram::build(
        {"floor smoothing", {shaders::floor_light_vert}, {shaders::floor_smooth_frag}, {}});
    if (!smooth) return std::move(smooth).error();
    smooth->set("light", 0);
    renderer.smoothProgram_ = std::move(smooth).value();
    for (std::size_t i = 0; i < kFloorTaps.size(); ++i) {
        auto light = lightProgram(kFloorTaps[i]);
        if (!light) return std::move(light).error();
        renderer.lightPrograms_[i] = std::move(light).value();
    }
    auto shade = backdropProgram("floor shade", shaders::floor_shade_frag);
    if (!shade) return std::move(shade).error();
    shade->set("floorLight", 0);
    renderer.shadeProgram_ = std::move(shade).value();
    composite->set("figures", 0);
    composite->connectBlock("Frame", 0);
    renderer.backgroundProgram_ = std::move(background).value();
    renderer.floorProgram_ = std::move(floor).value();
    renderer.compositeProgram_ = std::move(composite).value();
    renderer.noVertices_ = GlVertexArray::make();
    return renderer;
}

void FloorRenderer::resizeLight(int size) {
    if (size == lightSize_) return;
    for (std::size_t i = 0; i < lights_.size(); ++i) {
        lights_[i] = GlTexture::make();
        bindTexture(0, GL_TEXTURE_2D, lights_[i]);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RG8, size, size, 0, GL_RG, GL_UNSIGNED_BYTE, nullptr);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
        lightFramebuffers_[i] = GlFramebuffer::make();
        glBindFramebuffer(GL_FRAMEBUFFER, lightFramebuffers_[i].id());
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, lights_[i].id(),
                               0);
    }
    lightSize_ = size;
}

void FloorRenderer::drawLight(const FrameSetup& setup, const ShadowRenderer& shadows,
                              RenderQuality quality) {
    resizeLight(settingsFor(quality).floorLightSize);
    const PixelRectangle texels = shadedTexels(setup, lightSize_);
    glViewport(0, 0, lightSize_, lightSize_);
    glClearColor(1.0F, 1.0F, 1.0F, 1.0F);
    for (const GlFramebuffer& light : lightFramebuffers_) {
        glBindFramebuffer(GL_FRAMEBUFFER, light.id());
        glClear(GL_COLOR_BUFFER_BIT);
    }
    glBindFramebuffer(GL_FRAMEBUFFER, lightFramebuffers_[0].id());
    shadows.bindKeyDepth(0);
    shadows.bindKeyCompared(1);
    shadows.bindTopDepth(2);
    glEnable(GL_SCISSOR_TEST);
    glScissor(texels.x, texels.y, texels.width, texels.height);
    lightPrograms_[static_cast<std::size_t>(quality)].use();
    glBindVertexArray(noVertices_.id());
    glDrawArrays(GL_TRIANGLES, 0, 3);
    for (unsigned unit = 0; unit < 3; ++unit)
        glBindSampler(unit, 0);
    glBindFramebuffer(GL_FRAMEBUFFER, lightFramebuffers_[1].id());
    bindTexture(0, GL_TEXTURE_2D, lights_[0]);
    smoothProgram_.use();
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glDisable(GL_SCISSOR_TEST);
}

void FloorRenderer::drawStill(const FrameUniforms& frame, const PixelRectangle& picture,
                              bool showFloor) const {
    const int rows = showFloor ? floorRows(frame, picture.height) : 0;
    glViewport(picture.x, picture.y, picture.width, picture.height);
    glBindVertexArray(noVertices_.id());
    glEnable(GL_SCISSOR_TEST);
    if (rows < picture.height) {
        glScissor(picture.x, picture.y + rows, picture.width, picture.height - rows);
        backgroundProgram_.use();
        glDrawArrays(GL_TRIANGLES, 0, 3);
    }
    if (rows > 0) {
        glScissor(picture.x, picture.y, picture.width, rows);
        floorProgram_.use();
        glDrawArrays(GL_TRIANGLES, 0, 3);
    }
    glDisable(GL_SCISSOR_TEST);
}

void FloorRenderer::drawShade(const FrameSetup& setup, const PixelRectangle& picture) const {
    const PixelRectangle region = shadedRectangle(setup, picture);
    if (region.empty()) return;
    glViewport(picture.x, picture.y, picture.width, picture.height);
    bindTexture(0, GL_TEXTURE_2D, lights_[1]);
    shadeProgram_.use();
    glBindVertexArray(noVertices_.id());
    glEnable(GL_SCISSOR_TEST);
    glScissor(picture.x + region.x, picture.y + region.y, region.width, region.height);
    glEnable(GL_BLEND);
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glDisable(GL_BLEND);
    glDisable(GL_SCISSOR_TEST);
}

bool FloorRenderer::showsStill(const FrameUniforms& frame) const {
    return stillPart(frame) == stillFrame_;
}

PixelRectangle FloorRenderer::shadedPart(const FrameSetup& setup, int width, int height) {
    return shadedRectangle(setup, {0, 0, width, height});
}

Status FloorRenderer::copyStill(const FrameUniforms& frame, const RenderTarget& target,
                                bool showFloor, const PixelRectangle& part) {
    if (!showsStill(frame)) {
        stillFrame_ = {};
        auto status = still_.resize(target.width, target.height);
        if (!status) return status;
        glBindFramebuffer(GL_FRAMEBUFFER, still_.framebuffer());
        drawStill(frame, {0, 0, target.width, target.height}, showFloor);
        stillFrame_ = stillPart(frame);
    }
    glBindFramebuffer(GL_READ_FRAMEBUFFER, still_.framebuffer());
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, target.framebuffer);
    const int left = target.x + part.x;
    const int low = target.y + part.y;
    glBlitFramebuffer(part.x, part.y, part.x + part.width, part.y + part.height, left, low,
                      left + part.width, low + part.height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    return Status::success();
}

Status FloorRenderer::draw(const FrameSetup& setup, const RenderTarget& target,
                           const SceneStyle& style, const PixelRectangle& part) {
    const FrameUniforms& frame = setup.uniforms;
    const bool showFloor = style.showGrid || style.showGroundShadow;
    const PixelRectangle picture{target.x, target.y, target.width, target.height};
    glBindFramebuffer(GL_FRAMEBUFFER, target.framebuffer);
    GLint samples = 0;
    glGetIntegerv(GL_SAMPLES, &samples);
    if (samples > 0) { // plain pictures cannot be copied into such a target
        drawStill(frame, picture, showFloor);
    } else if (auto status = copyStill(frame, target, showFloor, part); !status) {
        return status;
    }
    if (style.showGroundShadow) drawShade(setup, picture);
    return Status::success();
}

void FloorRenderer::layOver(const MultisampleSurface& figures, const PixelRectangle& place) const {
    compositeProgram_.set("origin", std::array<int, 2>{place.x, place.y});
    compositeProgram_.set("samples", figures.sampleCount());
    compositeProgram_.use();
    bindTexture(0, GL_TEXTURE_2D_MULTISAMPLE, figures.samples());
    glBindVertexArray(noVertices_.id());
    glEnable(GL_SCISSOR_TEST);
    glScissor(place.x, place.y, place.width, place.height);
    glEnable(GL_BLEND);
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glDisable(GL_BLEND);
    glDisable(GL_SCISSOR_TEST);
}

} // namespace gesture::render
