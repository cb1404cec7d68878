// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace gesture::app {

/// Version, graphics and the licences of what is inside. GUI thread, not modal.
class AboutDialog final : public QDialog {
    Q_OBJECT

public:
    /// `graphics` names the OpenGL in use; may be empty.
    explicit AboutDialog(const QString& graphics, QWidget* parent = nullptr);
};

} // namespace gesture::app
