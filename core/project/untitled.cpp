// SPDX-License-Identifier: Apache-2.0
#include "core/project/untitled.h"

#include "core/base/paths.h"

#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <system_error>
#include <utility>

namespace gesture::project {

namespace fs = std::filesystem;

fs::path untitledFolder() { return userDataDirectory() / "untitled"; }

bool isUntitled(const fs::path& path) {
    std::error_code code;
    return fs::equivalent(path.parent_path(), untitledFolder(), code);
}

Result<Project> createUntitled(const ProjectState& state) {
    constexpr int kMost = 10'000;
    std::error_code code;
    fs::create_directories(untitledFolder(), code);
    if (code)
        return Error{ErrorCode::Io,
                     fmt::format("The folder '{}' for projects without a name cannot "
                                 "be made: {}.",
                                 untitledFolder().string(), code.message())};
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    const std::string day = fmt::format("Untitled {:04}-{:02}-{:02}", local.tm_year + 1900,
                                        local.tm_mon + 1, local.tm_mday);
    for (int number = 1; number < kMost; ++number) {
        const fs::path path = untitledFolder() / fmt::format("{} ({}).gesture", day, number);
        if (!fs::exists(path, code)) return Project::create(path, state);
    }
    return Error{ErrorCode::Io, fmt::format("There are too many projects without a name in '{}'.",
                                            untitledFolder().string())};
}

std::vector<fs::path> untitledProjects() {
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    std::error_code code;
    for (fs::directory_iterator entry(untitledFolder(), code), end; !code && entry != end;
         entry.increment(code))
        if (entry->path().extension() == ".gesture") {
            std::error_code unknown;
            found.emplace_back(entry->last_write_time(unknown), entry->path());
        }
    std::sort(found.rbegin(), found.rend());
    std::vector<fs::path> paths;
    for (auto& [time, path] : found)
        paths.push_back(std::move(path));
    return paths;
}

Status moveTo(Project& project, const fs::path& path, JobControl& control) {
    const fs::path old = project.path();
    if (Status copied = project.saveCopy(path, control); !copied) return copied;
    auto opened = Project::open(path);
    if (!opened) return std::move(opened).error();
    Project before = std::exchange(project, std::move(*opened));
    if (!isUntitled(old) || before.readOnly()) return before.close();
    Status closed = before.close();
    std::error_code ignored;
    if (closed.ok()) fs::remove(old, ignored);
    return closed;
}

} // namespace gesture::project
