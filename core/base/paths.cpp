// SPDX-License-Identifier: Apache-2.0
#include "core/base/paths.h"

#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace gesture {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFolder = "gesture-studio";

std::optional<fs::path> pathFromEnvironment(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return fs::path(value);
}

/// XDG base directory: the variable when it holds an absolute path, else a folder below HOME.
fs::path xdgDirectory(const char* variable, const char* belowHome) {
    if (auto set = pathFromEnvironment(variable); set && set->is_absolute()) return *set / kFolder;
    const fs::path home = pathFromEnvironment("HOME").value_or(fs::temp_directory_path());
    return home / belowHome / kFolder;
}

bool isExecutableFile(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

} // namespace

fs::path userDataDirectory() {
    if (auto set = pathFromEnvironment("GESTURE_DATA")) return *set;
    return xdgDirectory("XDG_DATA_HOME", ".local/share");
}

fs::path userConfigDirectory() { return xdgDirectory("XDG_CONFIG_HOME", ".config"); }

fs::path userCacheDirectory() { return xdgDirectory("XDG_CACHE_HOME", ".cache"); }

fs::path programDirectory() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::current_path(error) : program.parent_path();
}

fs::path resourceDirectory() {
    if (auto set = pathFromEnvironment("GESTURE_RESOURCES")) return *set;
    std::error_code ignored;
    fs::path installed = programDirectory().parent_path() / "share" / kFolder;
    if (fs::is_directory(installed, ignored)) return installed;
    return GESTURE_SOURCE_RESOURCES;
}

std::optional<fs::path> findProgram(const std::string& name) {
    if (const fs::path beside = programDirectory() / name; isExecutableFile(beside)) return beside;
    const char* path = std::getenv("PATH");
    std::string_view rest = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
    while (!rest.empty()) {
        const std::size_t colon = rest.find(':');
        const std::string_view folder = rest.substr(0, colon);
        rest = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
        if (folder.empty()) continue;
        if (fs::path candidate = fs::path(folder) / name; isExecutableFile(candidate))
            return candidate;
    }
    return std::nullopt;
}

} // namespace gesture
