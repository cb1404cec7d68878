// SPDX-License-Identifier: Apache-2.0
#include "render/skeleton_renderer.h"

#include "render/frame_uniforms.h"

#include "gesture_render_resources.h"

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <epoxy/gl.h>
#include <numbers>

namespace gesture::render {

namespace {

using Vector = Eigen::Vector3f;
using ShapeVertex = std::array<float, 6>; ///< position, normal

constexpr float kWaist = 0.14F; ///< where along the bone it is widest

void appendVertex(std::vector<ShapeVertex>& vertices, const Vector& position,
                  const Vector& normal) {
    vertices.push_back(
        {position.x(), position.y(), position.z(), normal.x(), normal.y(), normal.z()});
}

/// Two pyramids with a common square base, flat faces; along y from 0 to 1.
std::vector<ShapeVertex> octahedron() {
    const std::array<Vector, 4> waist{Vector(1, kWaist, 0), Vector(0, kWaist, -1),
                                      Vector(-1, kWaist, 0), Vector(0, kWaist, 1)};
    std::vector<ShapeVertex> vertices;
    for (std::size_t i = 0; i < 4; ++i) {
        const Vector& a = waist[i];
        const Vector& b = waist[(i + 1) % 4];
        const std::array<std::array<Vector, 3>, 2> faces{
            {{a, b, Vector(0, 1, 0)}, {b, a, Vector(0, 0, 0)}}};
        for (const auto& face : faces) {
            const Vector normal = (face[1] - face[0]).cross(face[2] - face[0]).normalized();
            for (const Vector& corner : face)
                appendVertex(vertices, corner, normal);
        }
    }
    return vertices;
}

/// A ball of radius 1 in x and z and from 0 to 1 along y; normals are of the unstretched shape, so
/// their y counts double.
std::vector<ShapeVertex> ball() {
    constexpr int kAround = 16;
    constexpr int kAlong = 10;
    constexpr float kPi = std::numbers::pi_v<float>;
    const auto point = [](int along, int around) {
        const float polar = kPi * static_cast<float>(along) / kAlong;
        const float azimuth = 2.0F * kPi * static_cast<float>(around) / kAround;
        return Vector(std::sin(polar) * std::cos(azimuth), std::cos(polar),
                      -std::sin(polar) * std::sin(azimuth));
    };
    std::vector<ShapeVertex> vertices;
    const auto append = [&vertices](const Vector& p) {
        appendVertex(vertices, Vector(p.x(), 0.5F + 0.5F * p.y(), p.z()),
                     Vector(p.x(), 2.0F * p.y(), p.z()));
    };
    for (int along = 0; along < kAlong; ++along) {
        for (int around = 0; around < kAround; ++around) {
            const Vector a = point(along, around), b = point(along + 1, around);
            const Vector c = point(along + 1, around + 1), d = point(along, around + 1);
            for (const Vector& corner : {a, b, c, a, c, d})
                append(corner);
        }
    }
    return vertices;
}

/// Balls are as large as the shortest bone at the joint suggests: small in fingers.
std::vector<float> jointRadii(std::span<const std::array<float, 3>> joints,
                              std::span<const int> parents) {
    constexpr float kLargest = 0.017F;
    constexpr float kSmallest = 0.0045F;
    std::vector<float> radii(joints.size(), kLargest);
    for (std::size_t j = 0; j < parents.size() && j < joints.size(); ++j) {
        if (parents[j] < 0) continue;
        const auto parent = static_cast<std::size_t>(parents[j]);
        const float size = (Vector(joints[j].data()) - Vector(joints[parent].data())).norm();
        const float radius = std::clamp(0.16F * size, kSmallest, kLargest);
        radii[j] = std::min(radii[j], radius);
        radii[parent] = std::min(radii[parent], radius);
    }
    return radii;
}

} // namespace

SkeletonRenderer::Shape SkeletonRenderer::makeShape(const std::vector<ShapeVertex>& vertices) {
    Shape shape;
    shape.vertexCount = static_cast<int>(vertices.size());
    shape.array = GlVertexArray::make();
    glBindVertexArray(shape.array.id());
    shape.vertices = staticBuffer(std::as_bytes(std::span(vertices)));
    const auto attribute = [](GLuint index, GLint values, std::size_t stride, std::size_t offset) {
        glEnableVertexAttribArray(index);
        glVertexAttribPointer(index, values, GL_FLOAT, GL_FALSE, static_cast<GLsizei>(stride),
                              bufferOffset(offset));
    };
    attribute(0, 3, sizeof(ShapeVertex), 0);
    attribute(1, 3, sizeof(ShapeVertex), 3 * sizeof(float));
    shape.instances = deviceBuffer(sizeof(Instance));
    attribute(2, 4, sizeof(Instance), 0);
    attribute(3, 4, sizeof(Instance), 4 * sizeof(float));
    glVertexAttribDivisor(2, 1);
    glVertexAttribDivisor(3, 1);
    glBindVertexArray(0);
    return shape;
}

Result<SkeletonRenderer> SkeletonRenderer::create() {
    SkeletonRenderer renderer;
    auto program =
        GlProgram::build({"skeleton",
                          {shaders::frame_glsl, shaders::skeleton_vert},
                          {"#define BODY_TAPS 1\n", shaders::frame_glsl, shaders::dither_glsl,
                           shaders::lighting_glsl, shaders::skeleton_frag},
                          {}});
    if (!program) return std::move(program).error();
    program->connectBlock("Frame", 0);
    renderer.program_ = std::move(program).value();
    renderer.bone_ = makeShape(octahedron());
    renderer.ball_ = makeShape(ball());
    return renderer;
}

void SkeletonRenderer::draw(std::span<const std::array<float, 3>> joints,
                            std::span<const int> parents, const SceneStyle& style) const {
    const std::vector<float> radii = jointRadii(joints, parents);
    std::vector<Instance> bones;
    std::vector<Instance> balls;
    for (std::size_t j = 0; j < joints.size(); ++j) {
        std::array<float, 3> low = joints[j];
        std::array<float, 3> high = joints[j];
        low[1] -= radii[j];
        high[1] += radii[j];
        balls.push_back({low, radii[j], high, 1.0F});
        if (j >= parents.size() || parents[j] < 0) continue;
        const auto& parent = joints[static_cast<std::size_t>(parents[j])];
        const float size = (Vector(joints[j].data()) - Vector(parent.data())).norm();
        bones.push_back({parent, std::clamp(0.11F * size, 0.003F, 0.024F), joints[j], 0.0F});
    }
    program_.set("boneColour", linearFromSrgb(style.boneColour));
    program_.set("pointColour", linearFromSrgb(style.jointColour));
    program_.use();
    glEnable(GL_DEPTH_TEST);
    glEnable(GL_CULL_FACE);
    drawShape(bone_, bones);
    drawShape(ball_, balls);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
}

void SkeletonRenderer::drawShape(const Shape& shape, const std::vector<Instance>& instances) {
    if (instances.empty()) return;
    streamTo(shape.instances, std::as_bytes(std::span(instances)));
    glBindVertexArray(shape.array.id());
    glDrawArraysInstanced(GL_TRIANGLES, 0, shape.vertexCount,
                          static_cast<GLsizei>(instances.size()));
}

} // namespace gesture::render
