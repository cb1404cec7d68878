// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gesture {

/// Where this program keeps its files: XDG base directories, below "gesture-studio";
/// `GESTURE_DATA` replaces the data directory. Nothing is created here.
[[nodiscard]] std::filesystem::path userDataDirectory();
[[nodiscard]] std::filesystem::path userConfigDirectory();
[[nodiscard]] std::filesystem::path userCacheDirectory();

/// Folder of the running program's executable.
[[nodiscard]] std::filesystem::path programDirectory();

/// Folder of the files that ship (avatar, demo): `GESTURE_RESOURCES`, else beside an installed
/// program (../share/gesture-studio), else the source tree that the program was built from.
[[nodiscard]] std::filesystem::path resourceDirectory();

/// First executable of that name: beside this program, else on PATH.
[[nodiscard]] std::optional<std::filesystem::path> findProgram(const std::string& name);

} // namespace gesture
