// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/services/settings.h"

#include <QDialog>

namespace gesture::app {

/// Theme and mouse; every choice takes effect at once. GUI thread, not modal.
class PreferencesDialog final : public QDialog {
    Q_OBJECT

public:
    explicit PreferencesDialog(Settings& settings, QWidget* parent = nullptr);
};

} // namespace gesture::app
