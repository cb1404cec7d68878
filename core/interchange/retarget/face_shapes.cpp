// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/face_shapes.h"

#include "core/avatar/face_units.h"
#include "core/interchange/import/bvh_tokens.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace gesture::interchange {

namespace {

/// Column of a shape's weight; -1 for shapes that are no unit.
int unitOf(std::string_view shape) {
    const std::size_t dot = shape.rfind('.');
    const std::string_view name = dot == std::string_view::npos ? shape : shape.substr(dot + 1);
    const auto& units = avatar::faceUnitNames();
    const auto found = std::find_if(units.begin(), units.end(),
                                    [&](std::string_view unit) { return sameWord(unit, name); });
    return found == units.end() ? -1 : static_cast<int>(found - units.begin());
}

} // namespace

void animateFaceShapes(const motion::Clip& clip, const Scene& rig, SceneAnimation& animation) {
    if (clip.expressionSpace() != motion::ExpressionSpace::Arkit52) return;
    std::vector<std::size_t> columns;
    for (const SceneMesh& mesh : rig.meshes)
        for (const SceneMorph& morph : mesh.morphs) {
            const int unit = unitOf(morph.name);
            const auto& names = animation.morphNames;
            if (unit < 0 || std::find(names.begin(), names.end(), morph.name) != names.end())
                continue;
            animation.morphNames.push_back(morph.name);
            columns.push_back(static_cast<std::size_t>(unit));
        }
    for (std::int64_t frame = 0; frame < animation.frames; ++frame)
        for (const std::size_t column : columns)
            animation.morphWeights.push_back(clip.expression({frame})[column]);
}

} // namespace gesture::interchange
