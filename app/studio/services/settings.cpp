// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/settings.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kRecentFiles = 10;
constexpr const char* kTheme = "appearance/theme";
constexpr const char* kMouse = "camera/mouse";
constexpr const char* kRecent = "files/recent";
constexpr const char* kKeySet = "keys/set";
constexpr const char* kKeys = "keys/chosen";
constexpr int kMostKeySet = 2;

} // namespace

ThemeKind systemThemeKind() {
    static const ThemeKind kind =
        QGuiApplication::palette().color(QPalette::Window).lightness() < 128 ? ThemeKind::Dark
                                                                             : ThemeKind::Light;
    return kind;
}

Settings::Settings(const std::filesystem::path& file)
    : settings_(QString::fromStdString(file.string()), QSettings::IniFormat) {}

ThemeChoice Settings::themeChoice() const {
    const QString name = settings_.value(QLatin1String(kTheme)).toString();
    if (name == QLatin1String("light")) return ThemeChoice::Light;
    return name == QLatin1String("system") ? ThemeChoice::System : ThemeChoice::Dark;
}

ThemeKind Settings::themeKind() const {
    switch (themeChoice()) {
    case ThemeChoice::Dark:
        return ThemeKind::Dark;
    case ThemeChoice::Light:
        return ThemeKind::Light;
    case ThemeChoice::System:
        return systemThemeKind();
    }
    return ThemeKind::Dark;
}

MouseStyle Settings::mouseStyle() const {
    const int value = settings_.value(QLatin1String(kMouse), 0).toInt();
    return static_cast<MouseStyle>(std::clamp(value, 0, 3));
}

QStringList Settings::recentFiles() const {
    QStringList files = settings_.value(QLatin1String(kRecent)).toStringList();
    files.erase(std::remove_if(files.begin(), files.end(),
                               [](const QString& file) { return !QFileInfo::exists(file); }),
                files.end());
    return files.mid(0, kRecentFiles);
}

int Settings::keySet() const {
    return std::clamp(settings_.value(QLatin1String(kKeySet), 0).toInt(), 0, kMostKeySet);
}

QMap<QString, QString> Settings::chosenKeys() const {
    QMap<QString, QString> keys;
    const QVariantMap stored = settings_.value(QLatin1String(kKeys)).toMap();
    for (auto entry = stored.begin(); entry != stored.end(); ++entry)
        keys.insert(entry.key(), entry.value().toString());
    return keys;
}

void Settings::setKeySet(int set) {
    settings_.setValue(QLatin1String(kKeySet), set);
    settings_.remove(QLatin1String(kKeys));
    Q_EMIT keysChanged();
}

void Settings::chooseKeys(const QString& action, const QString& keys) {
    QVariantMap stored = settings_.value(QLatin1String(kKeys)).toMap();
    stored.insert(action, keys);
    settings_.setValue(QLatin1String(kKeys), stored);
    Q_EMIT keysChanged();
}

void Settings::setThemeChoice(ThemeChoice choice) {
    constexpr const char* kNames[] = {"system", "dark", "light"};
    settings_.setValue(QLatin1String(kTheme), QLatin1String(kNames[static_cast<int>(choice)]));
    Q_EMIT themeChanged();
}

void Settings::setMouseStyle(MouseStyle style) {
    settings_.setValue(QLatin1String(kMouse), static_cast<int>(style));
    Q_EMIT mouseStyleChanged();
}

void Settings::addRecentFile(const QString& path) {
    QStringList files = settings_.value(QLatin1String(kRecent)).toStringList();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    files.removeAll(absolute);
    files.prepend(absolute);
    settings_.setValue(QLatin1String(kRecent), files.mid(0, kRecentFiles));
    Q_EMIT recentFilesChanged();
}

} // namespace gesture::app
