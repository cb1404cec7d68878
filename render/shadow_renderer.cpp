// SPDX-License-Identifier: Apache-2.0
#include "render/shadow_renderer.h"

#include "gesture_render_resources.h"

#include <epoxy/gl.h>
#include <vector>

namespace gesture::render {

namespace {

/// What lies outside the map is lit.
GlSampler depthSampler(GLint filter, GLint compareMode) {
    auto sampler = GlSampler::make();
    const GLuint id = sampler.id();
    constexpr std::array<float, 4> kFarthest{1.0F, 1.0F, 1.0F, 1.0F};
    glSamplerParameteri(id, GL_TEXTURE_MIN_FILTER, filter);
    glSamplerParameteri(id, GL_TEXTURE_MAG_FILTER, filter);
    glSamplerParameteri(id, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_BORDER);
    glSamplerParameteri(id, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_BORDER);
    glSamplerParameterfv(id, GL_TEXTURE_BORDER_COLOR, kFarthest.data());
    glSamplerParameteri(id, GL_TEXTURE_COMPARE_MODE, compareMode);
    glSamplerParameteri(id, GL_TEXTURE_COMPARE_FUNC, GL_LEQUAL);
    return sampler;
}

void fit(DepthMap& map, int size) {
    if (map.size() != size) map = DepthMap::make(size);
}

} // namespace

Result<ShadowRenderer> ShadowRenderer::create() {
    ShadowRenderer renderer;
    auto program = GlProgram::build({"depth", {shaders::depth_vert}, {shaders::depth_frag}, {}});
    if (!program) return std::move(program).error();
    renderer.program_ = std::move(program).value();
    renderer.compared_ = depthSampler(GL_LINEAR, GL_COMPARE_REF_TO_TEXTURE);
    renderer.plain_ = depthSampler(GL_NEAREST, GL_NONE);
    return renderer;
}

void ShadowRenderer::draw(const FrameSetup& setup, const QualitySettings& quality,
                          const GpuMesh& mesh, std::span<const DeformedMesh> figures) {
    fit(keyMap_, quality.shadowSize);
    fit(topMap_, quality.topSize);
    glEnable(GL_DEPTH_TEST);
    keyMap_.begin();
    for (const DeformedMesh& figure : figures)
        drawDepth(setup.clipFromWorldKey, mesh, figure);
    topMap_.begin();
    for (const DeformedMesh& figure : figures)
        drawLowFaces(setup.clipFromWorldTop, mesh, figure);
    glDisable(GL_DEPTH_TEST);
}

void ShadowRenderer::drawDepth(const Eigen::Matrix4f& clipFromWorld, const GpuMesh& mesh,
                               const DeformedMesh& figure) const {
    program_.set("clipFromWorldDepth", clipFromWorld);
    program_.use();
    glBindVertexArray(figure.surface.id());
    glDrawElements(GL_TRIANGLES, 3 * mesh.faceCount, GL_UNSIGNED_INT, nullptr);
}

void ShadowRenderer::drawLowFaces(const Eigen::Matrix4f& clipFromWorld, const GpuMesh& mesh,
                                  const DeformedMesh& figure) const {
    std::vector<GLsizei> counts;
    std::vector<const void*> starts;
    for (const int joint : figure.lowJoints) {
        const std::size_t begin = mesh.jointFaces[static_cast<std::size_t>(joint)];
        const std::size_t end = mesh.jointFaces[static_cast<std::size_t>(joint) + 1];
        if (begin == end) continue;
        counts.push_back(static_cast<GLsizei>(3 * (end - begin)));
        starts.push_back(bufferOffset(3 * begin * sizeof(GLuint)));
    }
    program_.set("clipFromWorldDepth", clipFromWorld);
    program_.use();
    glBindVertexArray(figure.surface.id());
    glMultiDrawElements(GL_TRIANGLES, counts.data(), GL_UNSIGNED_INT, starts.data(),
                        static_cast<GLsizei>(counts.size()));
}

void ShadowRenderer::bindKeyCompared(unsigned unit) const {
    bindTexture(unit, GL_TEXTURE_2D, keyMap_.texture());
    glBindSampler(unit, compared_.id());
}

void ShadowRenderer::bindKeyDepth(unsigned unit) const {
    bindTexture(unit, GL_TEXTURE_2D, keyMap_.texture());
    glBindSampler(unit, plain_.id());
}

void ShadowRenderer::bindTopDepth(unsigned unit) const {
    bindTexture(unit, GL_TEXTURE_2D, topMap_.texture());
    glBindSampler(unit, plain_.id());
}

} // namespace gesture::render
