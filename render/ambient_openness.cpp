// SPDX-License-Identifier: Apache-2.0
#include "render/ambient_openness.h"

#include "render/camera.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::render {

namespace {

constexpr float kReachMetres = 0.07F;
constexpr float kCellMetres = 0.012F;
constexpr float kStartMetres = 0.0008F;
constexpr int kRays = 18;
constexpr std::size_t kMaxVertices = 60'000;
constexpr float kMaxCells = 4.0e6F;

using Vector = Eigen::Vector3f;
using Cell = Eigen::Vector3i;

Vector pointOf(const AvatarMesh& mesh, std::uint32_t vertex) {
    return Vector(mesh.positions[vertex].data());
}

/// Triangles sorted into the cells of a uniform grid.
class TriangleGrid {
public:
    explicit TriangleGrid(const AvatarMesh& mesh)
        : mesh_(mesh) {
        for (const auto& face : mesh.faces)
            for (const std::uint32_t vertex : face)
                bounds_.extend(pointOf(mesh, vertex));
        const Vector size = bounds_.sizes().array() + 1e-4F;
        cell_ = std::max(kCellMetres, std::cbrt(size.prod() / kMaxCells));
        // A long thin box has more cells than its volume says.
        cell_ = std::max(cell_, size.maxCoeff() / 1024.0F);
        count_ = (size / cell_).cast<int>().array() + 1;
        sortTriangles();
    }

    /// Distance to the first triangle within kReachMetres, or kReachMetres.
    [[nodiscard]] float hit(const Vector& origin, const Vector& direction) const {
        float nearest = kReachMetres;
        Cell cell = cellAt(origin);
        Vector next;
        Vector step;
        for (int axis = 0; axis < 3; ++axis) {
            const float slope = std::abs(direction[axis]) < 1e-9F ? 1e9F : 1.0F / direction[axis];
            const int ahead = direction[axis] > 0.0F ? 1 : 0;
            const float edge = bounds_.min()[axis] + static_cast<float>(cell[axis] + ahead) * cell_;
            next[axis] = std::abs(direction[axis]) < 1e-9F ? 1e9F : (edge - origin[axis]) * slope;
            step[axis] = std::abs(cell_ * slope);
        }
        for (float entered = 0.0F; entered < nearest;) {
            if ((cell.array() < 0).any() || (cell.array() >= count_.array()).any()) break;
            nearest = std::min(nearest, hitInCell(indexOf(cell), origin, direction));
            int axis = 0;
            entered = next.minCoeff(&axis);
            cell[axis] += direction[axis] > 0.0F ? 1 : -1;
            next[axis] += step[axis];
        }
        return nearest;
    }

private:
    [[nodiscard]] Cell cellAt(const Vector& point) const {
        return ((point - bounds_.min()) / cell_).array().floor().cast<int>();
    }
    [[nodiscard]] std::size_t indexOf(const Cell& cell) const {
        return (static_cast<std::size_t>(cell.z()) * static_cast<std::size_t>(count_.y()) +
                static_cast<std::size_t>(cell.y())) *
                   static_cast<std::size_t>(count_.x()) +
               static_cast<std::size_t>(cell.x());
    }

    template <typename Visit>
    void forCellsOf(const std::array<std::uint32_t, 3>& face, Visit visit) const {
        Box box(pointOf(mesh_, face[0]));
        box.extend(pointOf(mesh_, face[1])).extend(pointOf(mesh_, face[2]));
        const Cell last = count_.array() - 1;
        const Cell from = cellAt(box.min()).cwiseMax(0).cwiseMin(last);
        const Cell to = cellAt(box.max()).cwiseMax(0).cwiseMin(last);
        for (int z = from.z(); z <= to.z(); ++z)
            for (int y = from.y(); y <= to.y(); ++y)
                for (int x = from.x(); x <= to.x(); ++x)
                    visit(indexOf(Cell(x, y, z)));
    }

    /// Counting sort; a mesh of huge triangles would fill every cell with all of them, so entries
    /// are capped: such a mesh has no detail that could be shaded.
    void sortTriangles() {
        constexpr std::size_t kMaxEntries = 8'000'000;
        begin_.assign(indexOf(count_.array() - 1) + 2, 0);
        std::size_t entries = 0;
        for (const auto& face : mesh_.faces) {
            if (entries > kMaxEntries) break;
            forCellsOf(face, [&](std::size_t cell) {
                ++begin_[cell + 1];
                ++entries;
            });
        }
        if (entries > kMaxEntries) {
            std::fill(begin_.begin(), begin_.end(), 0U);
            return;
        }
        for (std::size_t i = 1; i < begin_.size(); ++i)
            begin_[i] += begin_[i - 1];
        triangles_.resize(entries);
        std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
        for (std::size_t f = 0; f < mesh_.faces.size(); ++f)
            forCellsOf(mesh_.faces[f], [&](std::size_t cell) {
                triangles_[next[cell]++] = static_cast<std::uint32_t>(f);
            });
    }

    [[nodiscard]] float hitInCell(std::size_t cell, const Vector& origin,
                                  const Vector& direction) const {
        float nearest = kReachMetres;
        for (std::uint32_t i = begin_[cell]; i < begin_[cell + 1]; ++i)
            nearest = std::min(nearest, hitTriangle(mesh_.faces[triangles_[i]], origin, direction));
        return nearest;
    }

    /// Möller and Trumbore 1997.
    [[nodiscard]] float hitTriangle(const std::array<std::uint32_t, 3>& face, const Vector& origin,
                                    const Vector& direction) const {
        const Vector corner = pointOf(mesh_, face[0]);
        const Vector first = pointOf(mesh_, face[1]) - corner;
        const Vector second = pointOf(mesh_, face[2]) - corner;
        const Vector p = direction.cross(second);
        const float determinant = first.dot(p);
        if (std::abs(determinant) < 1e-14F) return kReachMetres;
        const Vector away = origin - corner;
        const float u = away.dot(p) / determinant;
        if (u < 0.0F || u > 1.0F) return kReachMetres;
        const Vector q = away.cross(first);
        const float v = direction.dot(q) / determinant;
        if (v < 0.0F || u + v > 1.0F) return kReachMetres;
        const float distance = second.dot(q) / determinant;
        return distance > 0.0F ? distance : kReachMetres;
    }

    const AvatarMesh& mesh_;
    Box bounds_;
    float cell_ = kCellMetres;
    Cell count_;
    std::vector<std::uint32_t> begin_;
    std::vector<std::uint32_t> triangles_;
};

/// Unnormalised normal of each vertex; zero where no triangle is.
std::vector<Vector> restNormals(const AvatarMesh& mesh) {
    std::vector<Vector> normals(mesh.positions.size(), Vector::Zero());
    for (const auto& face : mesh.faces) {
        const Vector corner = pointOf(mesh, face[0]);
        const Vector normal =
            (pointOf(mesh, face[1]) - corner).cross(pointOf(mesh, face[2]) - corner);
        for (const std::uint32_t vertex : face)
            normals[vertex] += normal;
    }
    return normals;
}

/// Cosine-weighted directions about +Z (Vogel's spiral, lifted).
std::array<Vector, kRays> cosineDirections() {
    std::array<Vector, kRays> directions;
    const float golden = std::numbers::pi_v<float> * (3.0F - std::sqrt(5.0F));
    for (int i = 0; i < kRays; ++i) {
        const float square = (static_cast<float>(i) + 0.5F) / static_cast<float>(kRays);
        const float radius = std::sqrt(square);
        const float angle = golden * static_cast<float>(i);
        directions[static_cast<std::size_t>(i)] =
            Vector(radius * std::cos(angle), radius * std::sin(angle), std::sqrt(1.0F - square));
    }
    return directions;
}

float opennessAt(const TriangleGrid& grid, const Vector& point, const Vector& normal,
                 const std::array<Vector, kRays>& directions) {
    const Vector helper = std::abs(normal.x()) < 0.8F ? Vector::UnitX() : Vector::UnitY();
    const Vector side = normal.cross(helper).normalized();
    const Vector front = normal.cross(side);
    const Vector origin = point + kStartMetres * normal;
    float open = 0.0F;
    for (const Vector& d : directions) {
        const Vector direction = d.x() * side + d.y() * front + d.z() * normal;
        open += std::sqrt(grid.hit(origin, direction) / kReachMetres);
    }
    return open / static_cast<float>(kRays);
}

} // namespace

std::vector<float> ambientOpenness(const AvatarMesh& mesh) {
    std::vector<float> openness(mesh.positions.size(), 1.0F);
    if (mesh.positions.size() > kMaxVertices) return openness;
    const TriangleGrid grid(mesh);
    const std::vector<Vector> normals = restNormals(mesh);
    const auto directions = cosineDirections();
    for (std::size_t v = 0; v < openness.size(); ++v) {
        const float size = normals[v].norm();
        if (!(size > 1e-20F)) continue;
        openness[v] = opennessAt(grid, pointOf(mesh, static_cast<std::uint32_t>(v)),
                                 normals[v] / size, directions);
    }
    return openness;
}

} // namespace gesture::render
