// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QMap>
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

    /// Number of the set of keys, see KeySet.
    [[nodiscard]] int keySet() const;
    /// Keys that people chose, by the action's name: "Ctrl+R Alt+R", empty: none.
    [[nodiscard]] QMap<QString, QString> chosenKeys() const;

    void setThemeChoice(ThemeChoice choice);
    void setMouseStyle(MouseStyle style);
    /// Another set; what people chose over the old one is forgotten.
    void setKeySet(int set);
    void chooseKeys(const QString& action, const QString& keys);
    void addRecentFile(const QString& path);

Q_SIGNALS:
    void themeChanged();
    void mouseStyleChanged();
    void keysChanged();
    void recentFilesChanged();

private:
    QSettings settings_;
};

/// What the desktop uses; taken before the program sets its own palette.
[[nodiscard]] ThemeKind systemThemeKind();

} // namespace gesture::app
