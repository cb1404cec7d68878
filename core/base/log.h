// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace gesture {

/// Levels of the log. Errors are logged where they are handled, not where they arise.
enum class LogLevel { Debug, Info, Warning, Error };

/// Sends messages of `level` and above to standard error (and to `file` when it is not empty; at
/// most 2 files of 1 MiB are kept). Call once at the start of a program; before that, warnings and
/// errors go to standard error. Any thread may log.
void startLogging(LogLevel level, const std::filesystem::path& file = {});

void logMessage(LogLevel level, std::string_view message);
inline void logInfo(std::string_view message) { logMessage(LogLevel::Info, message); }
inline void logWarning(std::string_view message) { logMessage(LogLevel::Warning, message); }
inline void logError(std::string_view message) { logMessage(LogLevel::Error, message); }

} // namespace gesture
