// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/face_surface.h"

#include <algorithm>
#include <limits>

namespace gesture::avatar {

namespace {

using Triangle3 = std::array<Eigen::Vector3d, 3>;

constexpr float kMostly = 0.5F;   ///< Skin weight on head and jaw that makes a vertex the head's.
constexpr double kSameSide = 0.5; ///< Cosine of 60 degrees.

/// Barycentric weights of the point of a triangle that is closest to `point` (Ericson, Real-Time
/// Collision Detection, section 5.1.5).
Eigen::Vector3d closestWeights(const Eigen::Vector3d& point, const Triangle3& triangle) {
    const auto& [a, b, c] = triangle;
    const Eigen::Vector3d ab = b - a;
    const Eigen::Vector3d ac = c - a;
    const double d1 = ab.dot(point - a);
    const double d2 = ac.dot(point - a);
    if (d1 <= 0.0 && d2 <= 0.0) return {1.0, 0.0, 0.0};
    const double d3 = ab.dot(point - b);
    const double d4 = ac.dot(point - b);
    if (d3 >= 0.0 && d4 <= d3) return {0.0, 1.0, 0.0};
    const double vc = d1 * d4 - d3 * d2;
    if (vc <= 0.0 && d1 >= 0.0 && d3 <= 0.0) {
        const double v = d1 / (d1 - d3);
        return {1.0 - v, v, 0.0};
    }
    const double d5 = ab.dot(point - c);
    const double d6 = ac.dot(point - c);
    if (d6 >= 0.0 && d5 <= d6) return {0.0, 0.0, 1.0};
    const double vb = d5 * d2 - d1 * d6;
    if (vb <= 0.0 && d2 >= 0.0 && d6 <= 0.0) {
        const double w = d2 / (d2 - d6);
        return {1.0 - w, 0.0, w};
    }
    const double va = d3 * d6 - d5 * d4;
    if (va <= 0.0 && d4 - d3 >= 0.0 && d5 - d6 >= 0.0) {
        const double w = (d4 - d3) / ((d4 - d3) + (d5 - d6));
        return {0.0, 1.0 - w, w};
    }
    const double total = va + vb + vc;
    if (!(total > 0.0)) return {1.0, 0.0, 0.0}; // a triangle without area
    return {va / total, vb / total, vc / total};
}

/// Index of the part called "skin", or nothing.
std::optional<std::uint8_t> skinPart(const io::AvatarAppearance& looks) {
    const auto found = std::find(looks.partNames.begin(), looks.partNames.end(), "skin");
    if (found == looks.partNames.end()) return std::nullopt;
    return static_cast<std::uint8_t>(found - looks.partNames.begin());
}

} // namespace

FaceSurface::FaceSurface(const io::Avatar& avatar)
    : positions_(avatar.body->data().templateVertices.cast<double>()) {
    addTriangles(avatar);
    for (const auto& triangle : triangles_) {
        vertices_.insert(vertices_.end(), triangle.begin(), triangle.end());
    }
    std::sort(vertices_.begin(), vertices_.end());
    vertices_.erase(std::unique(vertices_.begin(), vertices_.end()), vertices_.end());
    computeNormals();
}

void FaceSurface::addTriangles(const io::Avatar& avatar) {
    const motion::BodyModelData& data = avatar.body->data();
    const auto skin = skinPart(avatar.appearance);
    const auto ofHead = [&data](std::uint32_t v) {
        return data.weights(v, motion::kHead) + data.weights(v, motion::kJaw) > kMostly;
    };
    trianglesOf_.resize(static_cast<std::size_t>(data.templateVertices.rows()));
    for (std::size_t f = 0; f < data.faces.size(); ++f) {
        const auto& face = data.faces[f];
        if (skin && f < avatar.appearance.partIds.size() && avatar.appearance.partIds[f] != *skin) {
            continue;
        }
        if (!std::all_of(face.begin(), face.end(), ofHead)) continue;
        for (const auto vertex : face) {
            trianglesOf_[vertex].push_back(static_cast<std::uint32_t>(triangles_.size()));
        }
        triangles_.push_back(face);
    }
}

void FaceSurface::computeNormals() {
    normals_ = Points64::Zero(positions_.rows(), 3);
    for (const auto& [a, b, c] : triangles_) {
        const Eigen::Vector3d ab = positions_.row(b) - positions_.row(a);
        const Eigen::Vector3d ac = positions_.row(c) - positions_.row(a);
        const Eigen::RowVector3d normal = ab.cross(ac).transpose();
        for (const auto vertex : {a, b, c}) {
            normals_.row(vertex) += normal;
        }
    }
    for (const auto vertex : vertices_) {
        normals_.row(vertex).normalize();
    }
}

std::optional<SurfacePoint> FaceSurface::closest(const Eigen::Vector3d& point,
                                                 const Eigen::Vector3d& normal) const {
    std::optional<std::uint32_t> nearest;
    double least = std::numeric_limits<double>::max();
    for (const auto vertex : vertices_) {
        const double distance = (positions_.row(vertex).transpose() - point).squaredNorm();
        if (distance >= least || normals_.row(vertex).dot(normal) < kSameSide) continue;
        least = distance;
        nearest = vertex;
    }
    if (!nearest) return std::nullopt;
    SurfacePoint best;
    best.distance = std::numeric_limits<double>::max();
    for (const auto t : trianglesOf_[*nearest]) {
        const auto& triangle = triangles_[t];
        const Triangle3 corners = {position(triangle[0]), position(triangle[1]),
                                   position(triangle[2])};
        const Eigen::Vector3d weights = closestWeights(point, corners);
        const Eigen::Vector3d place =
            weights[0] * corners[0] + weights[1] * corners[1] + weights[2] * corners[2];
        const double distance = (place - point).norm();
        if (distance < best.distance) best = {triangle, weights, place, distance};
    }
    return best;
}

Eigen::MatrixXd FaceSurface::displacementAt(const SurfacePoint& place,
                                            const motion::RowMatrix& directions) {
    Eigen::MatrixXd displacement = Eigen::MatrixXd::Zero(3, directions.cols());
    for (std::size_t k = 0; k < 3; ++k) {
        const Eigen::Index row = 3 * static_cast<Eigen::Index>(place.vertices[k]);
        displacement += place.weights[static_cast<Eigen::Index>(k)] *
                        directions.middleRows(row, 3).cast<double>();
    }
    return displacement;
}

} // namespace gesture::avatar
