// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/project.h"

#include <filesystem>
#include <vector>

namespace gesture::project {

// Projects that were never given a name are kept all the same, in the user's data folder, until
// they are given one or thrown away.

[[nodiscard]] std::filesystem::path untitledFolder();
[[nodiscard]] bool isUntitled(const std::filesystem::path& path);

/// Makes one of a name that is free. Io.
[[nodiscard]] Result<Project> createUntitled(const ProjectState& state = {});

/// Those that are kept, the newest first.
[[nodiscard]] std::vector<std::filesystem::path> untitledProjects();

/// Copies the project to `path`, opens it there and, if it was an untitled one, removes what was
/// kept. On failure the project is open as before.
[[nodiscard]] Status moveTo(Project& project, const std::filesystem::path& path,
                            JobControl& control);

} // namespace gesture::project
