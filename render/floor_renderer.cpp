// SPDX-License-Identifier: Apache-2.0
#include "render/floor_renderer.h"

#include "gesture_render_resources.h"

#include <epoxy/gl.h>

namespace gesture::render {

Result<FloorRenderer> FloorRenderer::create() {
    FloorRenderer renderer;
    auto background =
        GlProgram::build({"background",
                          {shaders::fullscreen_vert},
                          {shaders::frame_glsl, shaders::sampling_glsl, shaders::background_frag},
                          {}});
    if (!background) return std::move(background).error();
    auto light =
        GlProgram::build({"floor light",
                          {shaders::floor_light_vert},
                          {shaders::frame_glsl, shaders::sampling_glsl, shaders::floor_light_frag},
                          {}});
    if (!light) return std::move(light).error();
    auto floor =
        GlProgram::build({"floor",
                          {shaders::frame_glsl, shaders::floor_vert},
                          {shaders::frame_glsl, shaders::sampling_glsl, shaders::floor_frag},
                          {}});
    if (!floor) return std::move(floor).error();
    light->set("shadowDepth", 0);
    light->set("shadowMap", 1);
    light->set("topDepth", 2);
    floor->set("floorLight", 0);
    for (const GlProgram* program : {&*background, &*light, &*floor})
        program->connectBlock("Frame", 0);
    renderer.backgroundProgram_ = std::move(background).value();
    renderer.lightProgram_ = std::move(light).value();
    renderer.floorProgram_ = std::move(floor).value();
    renderer.noVertices_ = GlVertexArray::make();
    return renderer;
}

void FloorRenderer::resizeLight(int size) {
    if (size == lightSize_) return;
    light_ = GlTexture::make();
    bindTexture(0, GL_TEXTURE_2D, light_);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RG8, size, size, 0, GL_RG, GL_UNSIGNED_BYTE, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    lightFramebuffer_ = GlFramebuffer::make();
    glBindFramebuffer(GL_FRAMEBUFFER, lightFramebuffer_.id());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, light_.id(), 0);
    lightSize_ = size;
}

void FloorRenderer::drawLight(const ShadowRenderer& shadows, const QualitySettings& quality) {
    resizeLight(quality.floorLightSize);
    glBindFramebuffer(GL_FRAMEBUFFER, lightFramebuffer_.id());
    glViewport(0, 0, lightSize_, lightSize_);
    shadows.bindKeyDepth(0);
    shadows.bindKeyCompared(1);
    shadows.bindTopDepth(2);
    lightProgram_.use();
    glBindVertexArray(noVertices_.id());
    glDrawArrays(GL_TRIANGLES, 0, 3);
    for (unsigned unit = 0; unit < 3; ++unit)
        glBindSampler(unit, 0);
}

void FloorRenderer::draw(int x, int y, bool showFloor) const {
    glBindVertexArray(noVertices_.id());
    backgroundProgram_.set("origin",
                           std::array<float, 2>{static_cast<float>(x), static_cast<float>(y)});
    backgroundProgram_.use();
    glDrawArrays(GL_TRIANGLES, 0, 3);
    if (!showFloor) return;
    bindTexture(0, GL_TEXTURE_2D, light_);
    floorProgram_.use();
    glEnable(GL_BLEND);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
    glDisable(GL_BLEND);
}

} // namespace gesture::render
