// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QObject>
#include <QSettings>
#include <QStringList>

#include <filesystem>

namespace gesture::app {

enum class ThemeChoice { System, Dark, Light };
/// Whose mouse habits the viewport takes on; Studio is laptop and Blender together.
enum class MouseStyle { Studio, Blender, Maya, Laptop };

/// What people chose, kept in `studio.ini` of the user's config folder. GUI thread; owned by
/// Application.
class Settings final : public QObject {
    Q_OBJECT

public:
    /// The file is made on the first change.
    explicit Settings(const std::filesystem::path& file);

    [[nodiscard]] ThemeChoice themeChoice() const;
    [[nodiscard]] ThemeKind themeKind() const;
    [[nodiscard]] MouseStyle mouseStyle() const;
    /// Newest first; only files that still exist.
    [[nodiscard]] QStringList recentFiles() const;

    void setThemeChoice(ThemeChoice choice);
    void setMouseStyle(MouseStyle style);
    void addRecentFile(const QString& path);

Q_SIGNALS:
    void themeChanged();
    void mouseStyleChanged();
    void recentFilesChanged();

private:
    QSettings settings_;
};

/// What the desktop uses; taken before the program sets its own palette.
[[nodiscard]] ThemeKind systemThemeKind();

} // namespace gesture::app
