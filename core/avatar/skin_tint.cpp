// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/skin_tint.h"

#include "core/avatar/index_set.h"
#include "core/motion/skeleton.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace gesture::avatar {

namespace {

constexpr std::string_view kLipVertices =
    "405-406,409-421,424-425,427-449,451-455,457-478,480-484,487-490,492-540,3704-3709,"
    "3730-3735,5351-5354,5359-5362,7166,7169-7181,7187-7209,7211-7233,7235-7239,"
    "7241-7248,7251-7283,10373-10377,10398-10403,11953-11956,11961-11964";
constexpr std::array<std::uint8_t, 3> kLipColour = {172, 112, 102};
constexpr double kLipAlpha = 178.0;
constexpr std::array<std::uint8_t, 3> kBrowColour = {92, 70, 60};
constexpr double kBrowAlpha = 191.0;

/// A brow's centre line and half width, millimetres from the eye joint; x runs outwards.
struct BrowPoint {
    double x;
    double y;
    double halfWidth;
};
constexpr std::array<BrowPoint, 5> kBrow = {BrowPoint{-17, 17.5, 3.6}, BrowPoint{-6, 21, 3.8},
                                            BrowPoint{8, 24.5, 3.2}, BrowPoint{18, 22.5, 2.4},
                                            BrowPoint{27, 16, 1.4}};

BrowPoint browAt(double x) {
    if (x <= kBrow.front().x) return kBrow.front();
    for (std::size_t i = 1; i < kBrow.size(); ++i) {
        const BrowPoint& a = kBrow[i - 1];
        const BrowPoint& b = kBrow[i];
        if (x > b.x) continue;
        const double share = (x - a.x) / (b.x - a.x);
        return {x, std::lerp(a.y, b.y, share), std::lerp(a.halfWidth, b.halfWidth, share)};
    }
    return kBrow.back();
}

/// Strength 0..1 of the brow at a point given in millimetres from the eye joint.
double browStrength(const Eigen::Vector3d& point) {
    constexpr double kBehind = -5.0; // millimetres: the back of the head has no brow
    if (point.z() <= kBehind) return 0.0;
    const auto unit = [](double value) { return std::clamp(value, 0.0, 1.0); };
    const BrowPoint brow = browAt(point.x());
    return unit(1.5 - std::abs(point.y() - brow.y) / brow.halfWidth) *
           unit((point.x() + 19.0) / 4.0) * unit((29.0 - point.x()) / 5.0);
}

/// Strength 0..1 of the lips per obj vertex: membership, half of it averaged over the vertices
/// beside it, so that the edge is soft.
std::vector<double> lipStrength(const KeptMesh& kept) {
    const auto lips = indexSet(kLipVertices, kept.skin.size());
    std::vector<double> beside(lips.size(), 0.0);
    std::vector<double> lipsBeside(lips.size(), 0.0);
    for (const Quad& quad : kept.quads.quads) {
        for (std::size_t k = 0; k < quad.size(); ++k) {
            for (const std::uint32_t neighbour : {quad[(k + 1) % 4], quad[(k + 3) % 4]}) {
                beside[quad[k]] += 1.0;
                if (lips[neighbour]) lipsBeside[quad[k]] += 1.0;
            }
        }
    }
    std::vector<double> strength(lips.size(), 0.0);
    for (std::size_t v = 0; v < lips.size(); ++v) {
        if (beside[v] == 0.0) continue;
        strength[v] = 0.5 * (lips[v] ? 1.0 : 0.0) + 0.5 * lipsBeside[v] / beside[v];
    }
    return strength;
}

std::array<std::uint8_t, 4> tint(const std::array<std::uint8_t, 3>& rgb, double alpha) {
    const auto rounded = static_cast<std::uint8_t>(std::lround(alpha));
    if (rounded == 0) return {0, 0, 0, 0};
    return {rgb[0], rgb[1], rgb[2], rounded};
}

} // namespace

std::vector<std::array<std::uint8_t, 4>> makeSkinTint(const FreeAvatarLayout& layout,
                                                      const KeptMesh& kept,
                                                      const Points64& positions,
                                                      const Points64& joints) {
    const auto lips = lipStrength(kept);
    std::vector<std::array<std::uint8_t, 4>> tints(static_cast<std::size_t>(layout.vertexCount()),
                                                   {0, 0, 0, 0});
    const auto& base = layout.baseVertices();
    for (std::size_t i = 0; i < base.size(); ++i) {
        if (!kept.skin[base[i]]) continue;
        double brow = 0.0;
        for (const int eye : {motion::kLeftEye, motion::kRightEye}) {
            const double side = eye == motion::kLeftEye ? 1.0 : -1.0;
            Eigen::Vector3d fromEye =
                1000.0 * (positions.row(static_cast<Eigen::Index>(i)) - joints.row(eye));
            fromEye.x() *= side;
            brow = std::max(brow, browStrength(fromEye));
        }
        tints[i] = lips[base[i]] > 0.0 ? tint(kLipColour, kLipAlpha * lips[base[i]])
                                       : tint(kBrowColour, kBrowAlpha * brow);
    }
    return tints;
}

} // namespace gesture::avatar
