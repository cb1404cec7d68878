// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/bake.h"
#include "core/avatar/eyeball.h"
#include "core/avatar/geometry64.h"
#include "core/avatar/kept_mesh.h"

#include <array>
#include <cstdint>
#include <vector>

namespace gesture::avatar {

/// Obj vertices of MakeHuman's own eyes, which give the size of the generated ones: [begin, end).
struct EyeHelper {
    std::uint32_t begin;
    std::uint32_t end;
    int joint;
};
inline constexpr std::array<EyeHelper, 2> kEyeHelpers = {
    EyeHelper{14598, 14670, motion::kLeftEye}, EyeHelper{14670, 14742, motion::kRightEye}};

/// A vertex of the ring that turns an opening's edge inwards.
struct HemVertex {
    std::uint32_t source;   ///< Obj vertex of the opening.
    Eigen::Vector3d offset; ///< From it, metres, in the T-pose.
};

/// Which vertex of the free avatar comes from where, in this order: kept base vertices ascending,
/// hems (collar, left cuff, right cuff), left eye, right eye, joint markers.
class FreeAvatarLayout {
public:
    /// Values of one field (positions, or offsets of a shape) on everything that vertices follow.
    struct Field {
        const Points64& base;            ///< All obj vertices.
        const Points64& joints;          ///< (55, 3)
        std::array<double, 2> eyeRadius; ///< Left, right.
        double hemScale;                 ///< 1 for positions, 0 for offsets.
    };

    FreeAvatarLayout(const KeptMesh& kept, const Points64& tPose);

    [[nodiscard]] Eigen::Index vertexCount() const;
    [[nodiscard]] Eigen::Index hemBegin() const;
    [[nodiscard]] Eigen::Index eyeBegin(std::size_t eye) const;
    [[nodiscard]] Eigen::Index markerBegin() const;

    /// Obj index of each kept base vertex, ascending.
    [[nodiscard]] const std::vector<std::uint32_t>& baseVertices() const { return base_; }
    [[nodiscard]] const std::vector<HemVertex>& hems() const { return hems_; }
    [[nodiscard]] const std::vector<Triangle>& hemTriangles() const { return hemTriangles_; }
    [[nodiscard]] const Eyeball& eyeball() const { return eyeball_; }
    /// Index in the avatar of a kept obj vertex.
    [[nodiscard]] std::uint32_t indexOf(std::uint32_t objVertex) const {
        return newIndex_[objVertex];
    }

    /// (vertexCount, 3)
    [[nodiscard]] Points64 assemble(const Field& field) const;

private:
    void addHem(const std::vector<std::uint32_t>& opening, double inset, const Points64& tPose);

    std::vector<std::uint32_t> base_;
    std::vector<std::uint32_t> newIndex_;
    std::vector<HemVertex> hems_;
    std::vector<Triangle> hemTriangles_;
    Eyeball eyeball_ = makeEyeball();
};

} // namespace gesture::avatar
