// SPDX-License-Identifier: Apache-2.0
#include "render/avatar_renderer.h"

#include "gesture_render_resources.h"

#include <epoxy/gl.h>

namespace gesture::render {

namespace {

constexpr unsigned kPartsBinding = 1;
/// Samples of the shadow's edge, by RenderQuality.
constexpr std::array<std::string_view, 2> kBodyTaps{"#define BODY_TAPS 24\n",
                                                    "#define BODY_TAPS 3\n"};
/// Edges shorter than this gain nothing from light computed at every pixel, and cost a software
/// renderer dearly: it shades whole blocks of pixels for each triangle.
constexpr float kFineEdgePixels = 2.6F;
constexpr std::array<float, 2> kSolid{1.0F, 1.0F};
constexpr std::array<float, 2> kGlass{0.34F, 0.92F};

/// The insides of two-sided parts come after their outsides, which hide most of them.
void drawPart(const PartRange& part) {
    const auto count = static_cast<GLsizei>(3 * part.faceCount);
    const void* first = bufferOffset(3 * part.firstFace * sizeof(GLuint));
    glDrawElements(GL_TRIANGLES, count, GL_UNSIGNED_INT, first);
    if (!part.twoSided) return;
    glCullFace(GL_FRONT);
    glDrawElements(GL_TRIANGLES, count, GL_UNSIGNED_INT, first);
    glCullFace(GL_BACK);
}

void connect(const GlProgram& program) {
    program.set("skinnedPositions", 0);
    program.set("skinnedNormals", 1);
    program.set("jointColours", 2);
    program.set("shadowMap", 3);
    program.connectBlock("Frame", 0);
    program.connectBlock("Parts", kPartsBinding);
}

} // namespace

Result<AvatarRenderer> AvatarRenderer::create() {
    AvatarRenderer renderer;
    for (std::size_t i = 0; i < kBodyTaps.size(); ++i) {
        auto solid =
            GlProgram::build({"avatar",
                              {shaders::frame_glsl, shaders::avatar_vert},
                              {kBodyTaps[i], shaders::frame_glsl, shaders::dither_glsl,
                               shaders::lighting_glsl, shaders::shading_glsl, shaders::avatar_frag},
                              {}});
        if (!solid) return std::move(solid).error();
        connect(*solid);
        renderer.solidPrograms_[i] = std::move(solid).value();
    }
    auto lit =
        GlProgram::build({"avatar, lit at vertices",
                          {"#define BODY_TAPS 5\n#define LIT_AT_VERTICES\n", shaders::frame_glsl,
                           shaders::lighting_glsl, shaders::shading_glsl, shaders::avatar_vert},
                          {shaders::dither_glsl, shaders::avatar_lit_frag},
                          {}});
    if (!lit) return std::move(lit).error();
    connect(*lit);
    renderer.litProgram_ = std::move(lit).value();
    auto wire = GlProgram::build({"wire",
                                  {shaders::frame_glsl, shaders::avatar_vert},
                                  {shaders::frame_glsl, shaders::wire_frag},
                                  {}});
    if (!wire) return std::move(wire).error();
    connect(*wire);
    renderer.wireProgram_ = std::move(wire).value();
    auto outline = GlProgram::build(
        {"outline", {shaders::frame_glsl, shaders::outline_vert}, {shaders::outline_frag}, {}});
    if (!outline) return std::move(outline).error();
    outline->set("skinnedPositions", 0);
    outline->set("skinnedNormals", 1);
    outline->connectBlock("Frame", 0);
    renderer.outlineProgram_ = std::move(outline).value();
    return renderer;
}

void AvatarRenderer::prepare(const GlProgram& program, const GpuMesh& mesh,
                             const DeformedMesh& figure, const Look& look,
                             const ShadowRenderer& shadows) const {
    program.set("colourJoints", figure.hasJointColours ? 1 : 0);
    program.set("figureTint", look.tint);
    program.use();
    glBindBufferBase(GL_UNIFORM_BUFFER, kPartsBinding, mesh.partsBlock.id());
    bindTexture(0, GL_TEXTURE_BUFFER, figure.positionTexels);
    bindTexture(1, GL_TEXTURE_BUFFER, figure.normalTexels);
    bindTexture(2, GL_TEXTURE_BUFFER, figure.jointColourTexels);
    shadows.bindKeyCompared(3);
    glBindVertexArray(mesh.drawnVertices.id());
}

void AvatarRenderer::drawFaces(const GpuMesh& mesh, const Look& look, Faces faces) {
    glEnable(GL_CULL_FACE);
    for (const PartRange& part : mesh.parts) {
        const bool isFine = look.quality == RenderQuality::Interactive && !part.twoSided &&
                            part.edgeMetres * look.pixelsPerMetre < kFineEdgePixels;
        if (faces != Faces::All && isFine != (faces == Faces::Fine)) continue;
        drawPart(part);
    }
    glDisable(GL_CULL_FACE);
}

void AvatarRenderer::drawSolid(const GpuMesh& mesh, const DeformedMesh& figure, const Look& look,
                               const ShadowRenderer& shadows) const {
    solidProgram(look).set("glass", kSolid);
    glEnable(GL_DEPTH_TEST);
    prepare(solidProgram(look), mesh, figure, look, shadows);
    drawFaces(mesh, look, Faces::Coarse);
    prepare(litProgram_, mesh, figure, look, shadows);
    drawFaces(mesh, look, Faces::Fine);
    glDisable(GL_DEPTH_TEST);
}

void AvatarRenderer::drawGlass(const GpuMesh& mesh, const DeformedMesh& figure, const Look& look,
                               const ShadowRenderer& shadows,
                               const Eigen::Matrix4f& clipFromWorld) const {
    glEnable(GL_DEPTH_TEST);
    // The two programs may round depth differently: the surface is let through by a hair.
    glEnable(GL_POLYGON_OFFSET_FILL);
    glPolygonOffset(1.0F, 2.0F);
    glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
    shadows.drawDepth(clipFromWorld, mesh, figure);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glDisable(GL_POLYGON_OFFSET_FILL);
    solidProgram(look).set("glass", kGlass);
    prepare(solidProgram(look), mesh, figure, look, shadows);
    glEnable(GL_BLEND);
    drawFaces(mesh, look, Faces::All);
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
}

void AvatarRenderer::drawWire(const GpuMesh& mesh, const DeformedMesh& figure, const Look& look,
                              const ShadowRenderer& shadows,
                              const Eigen::Matrix4f& clipFromWorld) const {
    glEnable(GL_DEPTH_TEST);
    glEnable(GL_POLYGON_OFFSET_FILL);
    glPolygonOffset(1.5F, 6.0F);
    glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
    shadows.drawDepth(clipFromWorld, mesh, figure);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glDisable(GL_POLYGON_OFFSET_FILL);
    wireProgram_.set("wireColour", look.wireColour);
    prepare(wireProgram_, mesh, figure, look, shadows);
    glEnable(GL_BLEND);
    glPolygonMode(GL_FRONT_AND_BACK, GL_LINE);
    drawFaces(mesh, look, Faces::All);
    glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
}

/// The surface hides all of its back but for the rim that the back, made thicker, has around it.
void AvatarRenderer::drawOutline(const GpuMesh& mesh, const DeformedMesh& figure,
                                 const Outline& outline, const ShadowRenderer& shadows,
                                 const Eigen::Matrix4f& clipFromWorld) const {
    glEnable(GL_DEPTH_TEST);
    glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
    shadows.drawDepth(clipFromWorld, mesh, figure);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    outlineProgram_.set("outlineColour", outline.colour);
    outlineProgram_.set("outlinePixels", outline.pixels);
    outlineProgram_.use();
    bindTexture(0, GL_TEXTURE_BUFFER, figure.positionTexels);
    bindTexture(1, GL_TEXTURE_BUFFER, figure.normalTexels);
    glBindVertexArray(mesh.drawnVertices.id());
    glEnable(GL_CULL_FACE);
    glCullFace(GL_FRONT);
    for (const PartRange& part : mesh.parts)
        glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(3 * part.faceCount), GL_UNSIGNED_INT,
                       bufferOffset(3 * part.firstFace * sizeof(GLuint)));
    glCullFace(GL_BACK);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
}

} // namespace gesture::render
