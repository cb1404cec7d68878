// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"
#include "core/io/avatar_file.h"
#include "core/motion/body_model.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace gesture::avatar {

/// A place on a triangle mesh.
struct SurfacePoint {
    std::array<std::uint32_t, 3> vertices{};
    Eigen::Vector3d weights = Eigen::Vector3d::Zero(); ///< Barycentric, sum to 1.
    Eigen::Vector3d position = Eigen::Vector3d::Zero();
    double distance = 0.0; ///< Metres, to the point that was asked for.
};

/// The outside of a head in the rest pose, for finding the closest place on it. References the
/// body, which must outlive it. Immutable, any thread.
class FaceSurface {
public:
    /// Triangles of head and jaw without eyeballs; with part names only those of the part "skin".
    explicit FaceSurface(const io::Avatar& avatar);

    /// Vertices of the surface, ascending.
    [[nodiscard]] const std::vector<std::uint32_t>& vertices() const { return vertices_; }
    /// Unit normal of a vertex; zero for vertices that are not of the surface.
    [[nodiscard]] Eigen::Vector3d normal(std::uint32_t vertex) const {
        return normals_.row(vertex);
    }
    [[nodiscard]] Eigen::Vector3d position(std::uint32_t vertex) const {
        return positions_.row(vertex);
    }

    /// Closest place to a point whose normal looks the same way (angle below 60 degrees), among
    /// the triangles around the closest such vertex; nothing when no vertex fits.
    [[nodiscard]] std::optional<SurfacePoint> closest(const Eigen::Vector3d& point,
                                                      const Eigen::Vector3d& normal) const;

    /// Displacement of a place: `directions` is (3V, columns) as in motion::BodyModelData.
    [[nodiscard]] static Eigen::MatrixXd displacementAt(const SurfacePoint& place,
                                                        const motion::RowMatrix& directions);

private:
    void addTriangles(const io::Avatar& avatar);
    void computeNormals();

    Points64 positions_;
    Points64 normals_;
    std::vector<std::array<std::uint32_t, 3>> triangles_;
    std::vector<std::uint32_t> vertices_;
    std::vector<std::vector<std::uint32_t>> trianglesOf_; ///< Per vertex of the body.
};

} // namespace gesture::avatar
