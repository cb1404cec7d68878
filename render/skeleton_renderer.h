// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/gl_objects.h"
#include "render/scene_style.h"

#include <array>
#include <span>
#include <vector>

namespace gesture::render {

/// Draws joints as balls and the bones between them as long octahedra, lit and opaque. Needs a
/// current context, the Frame block bound, and a GlStateGuard around it.
class SkeletonRenderer {
public:
    [[nodiscard]] static Result<SkeletonRenderer> create();

    /// `joints` are world positions; `parents` has one entry a joint, -1 for roots, or is empty (no
    /// bones then).
    void draw(std::span<const std::array<float, 3>> joints, std::span<const int> parents,
              const SceneStyle& style) const;

    /// One shape stretched between two points.
    struct Instance {
        std::array<float, 3> start{};
        float radius = 0.0F; ///< metres
        std::array<float, 3> end{};
        float jointShare = 0.0F; ///< 0 bone colour, 1 joint colour
    };

private:
    /// A shape and the array that draws it once an instance.
    struct Shape {
        GlBuffer vertices;
        GlBuffer instances;
        GlVertexArray array;
        int vertexCount = 0;
    };
    SkeletonRenderer() = default;
    static Shape makeShape(const std::vector<std::array<float, 6>>& vertices);
    static void drawShape(const Shape& shape, const std::vector<Instance>& instances);

    GlProgram program_;
    Shape bone_;
    Shape ball_;
};

} // namespace gesture::render
