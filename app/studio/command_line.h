// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"
#include "core/base/result.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace gesture::app {

/// What the program was started with.
struct CommandLine {
    std::vector<std::filesystem::path> files;
    std::filesystem::path avatar; ///< Empty: the one that ships.
    std::optional<QString> screenshot;
    std::optional<QSize> size;
    std::optional<ThemeKind> theme;
    std::optional<std::int64_t> frame;
    std::optional<QString> script;
    std::optional<double> benchmarkSeconds;
    std::optional<QString> answer; ///< Text to print instead of starting: help or version.
};

/// `arguments` without the program's name. Usage errors say what is wrong.
[[nodiscard]] Result<CommandLine> parseCommandLine(const QStringList& arguments);

} // namespace gesture::app
