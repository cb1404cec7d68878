// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/face_surface.h"
#include "core/avatar/geometry64.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/io/avatar_file.h"

#include <cstdint>
#include <vector>

namespace gesture::avatar {

/// x -> scale * rotation * x + translation.
struct Similarity {
    double scale = 1.0;
    Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();
    Eigen::Vector3d translation = Eigen::Vector3d::Zero();

    [[nodiscard]] Eigen::Vector3d operator()(const Eigen::Vector3d& point) const {
        return scale * rotation * point + translation;
    }
    [[nodiscard]] Eigen::Vector3d inverse(const Eigen::Vector3d& point) const {
        return rotation.transpose() * (point - translation) / scale;
    }
};

/// A vertex of one face and its place on the other.
struct FacePair {
    std::uint32_t vertex = 0; ///< Of the face that was laid over.
    SurfacePoint place;       ///< On the face below, in that body's coordinates.
};

/// How one face lies over another.
struct FaceRegistration {
    Similarity targetFromSource;
    std::vector<FacePair> pairs; ///< Of the vertices that found a place.
    double meanDistance = 0.0;   ///< Metres in the target's size, over the pairs.
};

/// Lays the face vertices `sourceVertices` of `source` over `target`: first by the joints head, jaw
/// and eyes, then by closest points (ICP with the worst fifth of the pairs left out; the eyes stay
/// as anchors). InvalidInput when the faces do not meet. A second or two.
[[nodiscard]] Result<FaceRegistration>
registerFaces(const io::Avatar& source, const std::vector<std::uint32_t>& sourceVertices,
              const io::Avatar& target, JobControl& control);

} // namespace gesture::avatar
