// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/dialogs/shortcuts_page.h"
#include "app/studio/services/settings.h"

#include <QDialog>
#include <QListWidget>
#include <QStackedWidget>
#include <QStringList>

namespace gesture::app {

/// What the preferences say of this computer. Value type.
struct DeviceFacts {
    QString graphics;   ///< Name of the OpenGL in use; empty without.
    QString sound;      ///< Name of the sound device in use; empty without.
    QStringList models; ///< Titles of the bundles that are installed.
};

/// General, keys, devices, folders; every choice takes effect at once. GUI thread, not modal.
class PreferencesDialog final : public QDialog {
    Q_OBJECT

public:
    /// `settings` and `actions` must outlive it.
    PreferencesDialog(Settings& settings, const Actions& actions, const DeviceFacts& facts,
                      QWidget* parent = nullptr);

    [[nodiscard]] QListWidget& pages() { return *pages_; }
    [[nodiscard]] ShortcutsPage& shortcuts() { return *shortcuts_; }

private:
    void addPage(const QString& name, QWidget* page);
    [[nodiscard]] QWidget* makeGeneral(Settings& settings);
    [[nodiscard]] QWidget* makeDevices(const DeviceFacts& facts);
    [[nodiscard]] QWidget* makeFolders();

    QListWidget* pages_;
    QStackedWidget* stack_;
    ShortcutsPage* shortcuts_;
};

} // namespace gesture::app
