// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "render/avatar_mesh.h"

namespace gesture::render {

/// Largest mesh that is accepted.
inline constexpr std::size_t kMaxMeshVertices = std::size_t{1} << 21;
inline constexpr std::size_t kMaxMeshFaces = std::size_t{1} << 22;
inline constexpr std::size_t kMaxBlendEntries = std::size_t{1} << 26;
inline constexpr int kMaxMeshJoints = 256;
inline constexpr int kMaxMeshShapes = 4096;

/// Whether every array has the right length, every index points inside, and every number is finite.
/// InvalidInput or LimitExceeded, naming the first fault.
[[nodiscard]] Status checkMesh(const AvatarMesh& mesh);

/// Whether a pose fits a (checked) mesh. InvalidInput otherwise.
[[nodiscard]] Status checkPose(const AvatarMesh& mesh, const AvatarPose& pose);

} // namespace gesture::render
