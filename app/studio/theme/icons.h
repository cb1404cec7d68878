// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace gesture::app {

/// Colours of one icon: normal, disabled, and when its button is on.
struct IconColours {
    QColor normal;
    QColor disabled;
    QColor on;
};

/// An embedded SVG ("play-fill" for ":/icons/play-fill.svg") whose `currentColor` is replaced;
/// sharp at every size and device ratio. An unknown name gives an empty icon and logs a warning.
[[nodiscard]] QIcon themedIcon(const QString& name, const IconColours& colours);

/// The icon at one size, logical px.
[[nodiscard]] QPixmap iconPixmap(const QString& name, const QColor& colour, int size, double ratio);

} // namespace gesture::app
