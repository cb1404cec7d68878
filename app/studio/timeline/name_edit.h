// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRect>
#include <QString>
#include <QWidget>

#include <functional>

namespace gesture::app {

struct NameQuestion {
    QRect place;  ///< Of what gets the name, in the widget.
    QString text; ///< The name until now.
    QString what; ///< For screen readers and as a hint: "Name of the marker".
};

/// A field over the widget: Enter takes another text that is not blank, Escape and losing the focus
/// leave it as it is. The field deletes itself.
void editName(QWidget& widget, const NameQuestion& question,
              std::function<void(const QString&)> accepted);

} // namespace gesture::app
