// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <filesystem>
#include <vector>

namespace gesture::app {

/// A configuration to begin from. Value type.
struct RunTemplate {
    QString set;  ///< "paper", "demo", "tiny"; or "own".
    QString name; ///< "echomask"
    std::filesystem::path file;
    QString text;

    [[nodiscard]] QString title() const { return set + QLatin1Char('/') + name; }
};

/// Those that ship, and those in `templates` of the user's data folder ("own"). Reads small files.
[[nodiscard]] std::vector<RunTemplate> runTemplates();
/// The configuration of a run as people wrote it, else as the trainer understood it; empty: none.
[[nodiscard]] QString configTextOf(const std::filesystem::path& run);
/// What a configuration began as: the text of a template, or of another run below `runs`.
[[nodiscard]] QString baseTextOf(const QString& base, const std::filesystem::path& runs);
/// "As published", …
[[nodiscard]] QString setText(const QString& set);

} // namespace gesture::app
