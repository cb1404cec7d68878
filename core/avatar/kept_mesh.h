// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"
#include "core/avatar/obj_mesh.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace gesture::avatar {

/// Materials of the free avatar; the values are the file's part ids.
enum class Part : std::uint8_t {
    Skin,
    SuitTop,
    SuitBottom,
    Shoe,
    Sole,
    Sclera,
    Iris,
    Pupil,
    Teeth,
    Mouth,
    Lash
};

struct PartStyle {
    std::string_view name;
    std::array<std::uint8_t, 3> rgb; ///< sRGB
};
/// Name and colour of each Part, in the order of their values.
[[nodiscard]] const std::array<PartStyle, 11>& partStyles();

/// Quads of one kind with a material each.
struct PartQuads {
    std::vector<Quad> quads;
    std::vector<Quad> textureQuads;
    std::vector<Part> parts;
};

/// Open edges of the suit: vertices in order around the opening, cloth on the left when the suit is
/// seen from outside.
struct SuitOpenings {
    std::vector<std::uint32_t> collar;    ///< 26
    std::vector<std::uint32_t> leftCuff;  ///< 12
    std::vector<std::uint32_t> rightCuff; ///< 12
};

/// The part of the base mesh that is kept: skin of head, neck and hands, the suit, teeth, tongue
/// and upper lashes. Indices are the obj's.
struct KeptMesh {
    PartQuads quads; ///< Skin, suit, upper teeth, lower teeth, tongue, lashes left and right.
    std::vector<bool> skin; ///< Per obj vertex: used by a body quad.
    SuitOpenings openings;
};

/// `tPose` holds all obj vertices in the T-pose (only their order in space matters).
[[nodiscard]] KeptMesh selectKeptMesh(const ObjMesh& mesh, const Points64& tPose);

} // namespace gesture::avatar
