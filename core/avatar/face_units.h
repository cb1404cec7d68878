// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace gesture::avatar {

/// ARKit's 52 face units in alphabetical order: the columns of the space "arkit52".
inline constexpr std::size_t kFaceUnitCount = 52;
[[nodiscard]] const std::array<std::string_view, kFaceUnitCount>& faceUnitNames();

// Columns that code refers to by name.
inline constexpr std::size_t kJawOpenUnit = 24;
inline constexpr std::size_t kMouthFunnelUnit = 31;
inline constexpr std::size_t kMouthLowerDownLeftUnit = 33;
inline constexpr std::size_t kMouthLowerDownRightUnit = 34;

/// Jaw pitch (radians) that equals the unit "jawOpen" at 1 on the free avatar: the angle by which
/// the unit turns lower teeth and tongue.
inline constexpr double kJawOpenAngle = 0.42551127163621755; // 24.38 degrees

} // namespace gesture::avatar
