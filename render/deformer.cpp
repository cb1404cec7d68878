// SPDX-License-Identifier: Apache-2.0
#include "render/deformer.h"

#include "gesture_render_resources.h"

#include <epoxy/gl.h>

namespace gesture::render {

Result<Deformer> Deformer::create() {
    Deformer deformer;
    auto skin =
        GlProgram::build({"skin", {shaders::skin_vert}, {}, {"skinnedPosition", "jointColour"}});
    if (!skin) return std::move(skin).error();
    auto normals = GlProgram::build({"normals", {shaders::normals_vert}, {}, {"skinnedNormal"}});
    if (!normals) return std::move(normals).error();
    skin->set("blendEntries", 0);
    skin->set("blendWeights", 1);
    skin->set("worldFromRest", 2);
    skin->set("jointColours", 3);
    normals->set("corners", 0);
    normals->set("skinnedPositions", 1);
    deformer.skinProgram_ = std::move(skin).value();
    deformer.normalProgram_ = std::move(normals).value();
    deformer.transforms_ = textureBuffer({}, GL_RGBA32F);
    deformer.blendWeights_ = textureBuffer({}, GL_R32F);
    deformer.jointColours_ = textureBuffer({}, GL_RGBA32F);
    deformer.onePixel_ = GlRenderbuffer::make();
    glBindRenderbuffer(GL_RENDERBUFFER, deformer.onePixel_.id());
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, 1, 1);
    deformer.completeFramebuffer_ = GlFramebuffer::make();
    glBindFramebuffer(GL_FRAMEBUFFER, deformer.completeFramebuffer_.id());
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                              deformer.onePixel_.id());
    return deformer;
}

void Deformer::run(const GpuMesh& mesh, const AvatarPose& pose, int shapeCount,
                   const std::vector<std::array<float, 4>>& jointColours,
                   DeformedMesh& target) const {
    static_assert(sizeof(JointTransform) == 12 * sizeof(float));
    streamTo(transforms_.buffer, std::as_bytes(std::span(pose.worldFromRest)));
    std::vector<float> weights = pose.blendWeights;
    weights.resize(static_cast<std::size_t>(std::max(shapeCount, 4)), 0.0F);
    streamTo(blendWeights_.buffer, std::as_bytes(std::span(weights)));
    if (!jointColours.empty())
        streamTo(jointColours_.buffer, std::as_bytes(std::span(jointColours)));
    target.hasJointColours = !jointColours.empty();
    if (!pose.restPositions.empty())
        streamTo(mesh.vertexBuffers[0], std::as_bytes(std::span(pose.restPositions)));
    glBindFramebuffer(GL_FRAMEBUFFER, completeFramebuffer_.id());
    glEnable(GL_RASTERIZER_DISCARD);
    skin(mesh, target);
    computeNormals(mesh, target);
    glDisable(GL_RASTERIZER_DISCARD);
}

void Deformer::skin(const GpuMesh& mesh, DeformedMesh& target) const {
    skinProgram_.set("colourJoints", target.hasJointColours ? 1 : 0);
    skinProgram_.use();
    bindTexture(0, GL_TEXTURE_BUFFER, mesh.blendEntries.texture);
    bindTexture(1, GL_TEXTURE_BUFFER, blendWeights_.texture);
    bindTexture(2, GL_TEXTURE_BUFFER, transforms_.texture);
    bindTexture(3, GL_TEXTURE_BUFFER, jointColours_.texture);
    glBindVertexArray(mesh.restVertices.id());
    glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, target.positions.id());
    glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 1, target.jointColours.id());
    glBeginTransformFeedback(GL_POINTS);
    glDrawArrays(GL_POINTS, 0, mesh.vertexCount);
    glEndTransformFeedback();
}

void Deformer::computeNormals(const GpuMesh& mesh, DeformedMesh& target) const {
    normalProgram_.use();
    bindTexture(0, GL_TEXTURE_BUFFER, mesh.corners.texture);
    bindTexture(1, GL_TEXTURE_BUFFER, target.positionTexels);
    glBindVertexArray(mesh.vertexCorners.id());
    glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, target.normals.id());
    glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 1, 0);
    glBeginTransformFeedback(GL_POINTS);
    glDrawArrays(GL_POINTS, 0, mesh.vertexCount);
    glEndTransformFeedback();
    glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, 0);
}

} // namespace gesture::render
