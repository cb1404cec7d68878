// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/free_avatar_layout.h"

#include <algorithm>

namespace gesture::avatar {

namespace {

constexpr double kCollarInset = 0.007; // metres
constexpr double kCuffInset = 0.008;
constexpr double kHemDepth = 0.004;

struct Plane {
    Eigen::Vector3d centre;
    Eigen::Vector3d normal;
};

/// Plane through an opening by Newell's rule; the normal points out of the cloth, which lies on the
/// left of the loop.
Plane openingPlane(const std::vector<std::uint32_t>& opening, const Points64& tPose) {
    Plane plane{Eigen::Vector3d::Zero(), Eigen::Vector3d::Zero()};
    for (const auto vertex : opening) {
        plane.centre += tPose.row(vertex).transpose() / static_cast<double>(opening.size());
    }
    for (std::size_t i = 0; i < opening.size(); ++i) {
        const Eigen::Vector3d a = tPose.row(opening[i]).transpose() - plane.centre;
        const Eigen::Vector3d b =
            tPose.row(opening[(i + 1) % opening.size()]).transpose() - plane.centre;
        plane.normal += b.cross(a);
    }
    plane.normal.normalize();
    return plane;
}

} // namespace

FreeAvatarLayout::FreeAvatarLayout(const KeptMesh& kept, const Points64& tPose)
    : newIndex_(static_cast<std::size_t>(tPose.rows()), 0) {
    for (const Quad& quad : kept.quads.quads) {
        base_.insert(base_.end(), quad.begin(), quad.end());
    }
    std::sort(base_.begin(), base_.end());
    base_.erase(std::unique(base_.begin(), base_.end()), base_.end());
    for (std::size_t i = 0; i < base_.size(); ++i) {
        newIndex_[base_[i]] = static_cast<std::uint32_t>(i);
    }
    addHem(kept.openings.collar, kCollarInset, tPose);
    addHem(kept.openings.leftCuff, kCuffInset, tPose);
    addHem(kept.openings.rightCuff, kCuffInset, tPose);
}

Eigen::Index FreeAvatarLayout::hemBegin() const { return static_cast<Eigen::Index>(base_.size()); }
Eigen::Index FreeAvatarLayout::eyeBegin(std::size_t eye) const {
    return hemBegin() + static_cast<Eigen::Index>(hems_.size()) +
           static_cast<Eigen::Index>(eye) * eyeball_.directions.rows();
}
Eigen::Index FreeAvatarLayout::markerBegin() const { return eyeBegin(kEyeHelpers.size()); }
Eigen::Index FreeAvatarLayout::vertexCount() const { return markerBegin() + motion::kJointCount; }

void FreeAvatarLayout::addHem(const std::vector<std::uint32_t>& opening, double inset,
                              const Points64& tPose) {
    const Plane plane = openingPlane(opening, tPose);
    const auto ring = static_cast<std::uint32_t>(base_.size() + hems_.size());
    const auto count = static_cast<std::uint32_t>(opening.size());
    for (std::uint32_t i = 0; i < count; ++i) {
        const Eigen::Vector3d inward = plane.centre - tPose.row(opening[i]).transpose();
        const Eigen::Vector3d inPlane = inward - plane.normal * plane.normal.dot(inward);
        hems_.push_back({opening[i], inPlane.normalized() * inset - plane.normal * kHemDepth});
        const std::uint32_t next = (i + 1) % count;
        const std::uint32_t a = newIndex_[opening[i]];
        const std::uint32_t b = newIndex_[opening[next]];
        hemTriangles_.push_back({b, a, ring + i});
        hemTriangles_.push_back({b, ring + i, ring + next});
    }
}

Points64 FreeAvatarLayout::assemble(const Field& field) const {
    Points64 points(vertexCount(), 3);
    for (std::size_t i = 0; i < base_.size(); ++i) {
        points.row(static_cast<Eigen::Index>(i)) = field.base.row(base_[i]);
    }
    for (std::size_t i = 0; i < hems_.size(); ++i) {
        points.row(hemBegin() + static_cast<Eigen::Index>(i)) =
            field.base.row(hems_[i].source) + field.hemScale * hems_[i].offset.transpose();
    }
    for (std::size_t eye = 0; eye < kEyeHelpers.size(); ++eye) {
        points.middleRows(eyeBegin(eye), eyeball_.directions.rows()) =
            (field.eyeRadius[eye] * eyeball_.directions).rowwise() +
            field.joints.row(kEyeHelpers[eye].joint);
    }
    points.bottomRows(motion::kJointCount) = field.joints;
    return points;
}

} // namespace gesture::avatar
