// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/eyeball.h"

#include <cmath>

namespace gesture::avatar {

namespace {

constexpr std::uint32_t kSegments = 32;
/// Degrees from the +Z pole. The first ring bounds the pupil, the third the iris.
constexpr std::array<double, 12> kRings = {9, 14, 24.5, 32, 42, 54, 68, 84, 100, 120, 140, 160};
constexpr std::uint32_t kRingCount = kRings.size();

/// Material of the band that ends at ring `band` (the last band ends at the rear pole).
Part partOfBand(std::uint32_t band) {
    if (band == 0) return Part::Pupil;
    return band < 3 ? Part::Iris : Part::Sclera;
}

std::uint32_t vertexOf(std::uint32_t ring, std::uint32_t segment) {
    return 1 + ring * kSegments + segment % kSegments;
}

void addVertices(Eyeball& eye) {
    constexpr std::uint32_t kRear = 1 + kRingCount * kSegments;
    constexpr double kTextureScale = 0.02; // per radian: a small patch of the texture's middle
    eye.directions.resize(kRear + 1, 3);
    eye.directions.row(0) = Eigen::RowVector3d::UnitZ();
    eye.directions.row(kRear) << 0.0, 0.0, -1.0;
    for (std::uint32_t ring = 0; ring < kRingCount; ++ring) {
        const double polar = radians(kRings[ring]);
        for (std::uint32_t segment = 0; segment < kSegments; ++segment) {
            const double turn = radians(360.0 * segment / kSegments);
            eye.directions.row(vertexOf(ring, segment)) << std::sin(polar) * std::cos(turn),
                std::sin(polar) * std::sin(turn), std::cos(polar);
        }
    }
    for (Eigen::Index v = 0; v < eye.directions.rows(); ++v) {
        const Eigen::RowVector3d d = eye.directions.row(v);
        const double radius = kTextureScale * std::atan2(d.head<2>().norm(), d.z());
        const double turn = std::atan2(d.y(), d.x());
        eye.textureCoordinates.push_back({static_cast<float>(0.5 + radius * std::cos(turn)),
                                          static_cast<float>(0.5 + radius * std::sin(turn))});
    }
}

void addTriangle(Eyeball& eye, const Triangle& triangle, Part part) {
    eye.triangles.push_back(triangle);
    eye.parts.push_back(part);
}

} // namespace

Eyeball makeEyeball() {
    Eyeball eye;
    addVertices(eye);
    for (std::uint32_t k = 0; k < kSegments; ++k) {
        addTriangle(eye, {0, vertexOf(0, k), vertexOf(0, k + 1)}, partOfBand(0));
    }
    for (std::uint32_t ring = 0; ring + 1 < kRingCount; ++ring) {
        for (std::uint32_t k = 0; k < kSegments; ++k) {
            const Part part = partOfBand(ring + 1);
            addTriangle(eye, {vertexOf(ring, k), vertexOf(ring + 1, k), vertexOf(ring + 1, k + 1)},
                        part);
            addTriangle(eye, {vertexOf(ring, k), vertexOf(ring + 1, k + 1), vertexOf(ring, k + 1)},
                        part);
        }
    }
    const auto rear = static_cast<std::uint32_t>(eye.directions.rows() - 1);
    for (std::uint32_t k = 0; k < kSegments; ++k) {
        addTriangle(eye, {vertexOf(kRingCount - 1, k), rear, vertexOf(kRingCount - 1, k + 1)},
                    partOfBand(kRingCount));
    }
    return eye;
}

} // namespace gesture::avatar
