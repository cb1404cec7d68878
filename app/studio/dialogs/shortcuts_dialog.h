// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"

#include <QDialog>

namespace gesture::app {

/// All keys on one sheet. GUI thread, not modal.
class ShortcutsDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ShortcutsDialog(const Actions& actions, QWidget* parent = nullptr);
};

} // namespace gesture::app
