// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/bundle/manifest.h"

#include <span>
#include <string_view>

namespace gesture::io {

/// A place for a network in a bundle.
struct Role {
    std::string_view name;
    std::span<const std::string_view> kinds; ///< What may stand there.
};

/// A role by its name; nothing when there is no such role.
[[nodiscard]] const Role* findRole(std::string_view name);
/// Roles that an architecture cannot do without.
[[nodiscard]] std::span<const std::string_view> requiredRoles(Architecture architecture);
/// "vocabulary", "merges", "start_pose".
[[nodiscard]] bool isTableRole(std::string_view name);

} // namespace gesture::io
