// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"
#include "core/avatar/kept_mesh.h"
#include "core/avatar/obj_mesh.h"

#include <cstdint>
#include <vector>

namespace gesture::avatar {

/// The suit with its materials and openings.
struct Suit {
    PartQuads quads;
    SuitOpenings openings;
};

/// Cuts the collar out of MakeHuman's "helper-tights" surface and colours it: above the waist loop,
/// below it, shoes below the ankle loops, soles below the sole loops.
[[nodiscard]] Suit makeSuit(const QuadGroup& tights, const Points64& tPose);

/// Open edges of a quad mesh as closed loops; each runs in the direction of its quads' edges.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> openLoops(const std::vector<Quad>& quads);

} // namespace gesture::avatar
