// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <cstdint>

namespace gesture::interchange {

/// In which order three turns about the axes make a rotation.
enum class EulerOrder : std::uint8_t {
    Xyz, ///< FBX's default: first about x; matrix Rz * Ry * Rx.
    Zxy, ///< As most BVH files list channels: matrix Rz * Rx * Ry.
};

/// Angles about x, y and z in degrees, of the many triples that make `rotation` the one nearest to
/// `previous`: no angle differs from it by more than half a turn. Where the middle angle is a right
/// one the two others are not determined; then z stays as it was. Double precision, any thread.
[[nodiscard]] Eigen::Vector3d eulerDegrees(const Eigen::Quaterniond& rotation, EulerOrder order,
                                           const Eigen::Vector3d& previous);

} // namespace gesture::interchange
