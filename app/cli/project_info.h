// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "core/base/result.h"

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

namespace gesture::app {

/// What a project holds, for `gesture info`. Errors as Project::open.
[[nodiscard]] Result<nlohmann::json> projectInfo(const std::filesystem::path& path);
void printProject(const nlohmann::json& info, const Console& console);

} // namespace gesture::app
