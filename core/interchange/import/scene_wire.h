// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/interchange/scene.h"

#include <cstddef>
#include <span>
#include <vector>

namespace gesture::interchange {

/// Sizes that a scene of another process may have at most.
inline constexpr std::size_t kMaxSceneJoints = 100'000;
inline constexpr std::size_t kMaxSceneVertices = 20'000'000;

/// A scene as bytes, for another process of this program on the same machine (not a file format;
/// little-endian, float32). Animations are not carried.
[[nodiscard]] std::vector<std::byte> encodeScene(const Scene& scene);

/// Reads such bytes. The process that wrote them is not trusted: sizes are held against the bytes
/// that are left before memory is taken, names are made well-formed, and the scene goes through
/// `checkScene`. InvalidInput, LimitExceeded.
[[nodiscard]] Result<Scene> decodeScene(std::span<const std::byte> bytes);

} // namespace gesture::interchange
