// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QFont>
#include <QPalette>
#include <QString>

namespace gesture::app {

/// The one style sheet of the program, generated from the theme. Small pictures that style sheets
/// can only take from files (arrows, check marks) are the resources ":/icons/…" drawn by our icon
/// code into `pictureFolder`, which must exist.
[[nodiscard]] QString makeStyleSheet(const Theme& theme, const QString& pictureFolder);

/// Palette for what style sheets do not reach (Fusion's own drawing, links, placeholders).
[[nodiscard]] QPalette paletteOf(const Theme& theme);

/// Draws the pictures that `styleSheet` names. False when the folder cannot be written.
[[nodiscard]] bool writeStylePictures(const Theme& theme, const QString& pictureFolder);

enum class FontFamily { Text, Mono };
/// Embedded font at a size in logical px; weight 400, 500 or 600.
[[nodiscard]] QFont themeFont(int pixels, int weight = 400, FontFamily family = FontFamily::Text);
/// Registers the embedded fonts. Once, after QApplication exists.
void loadFonts();

} // namespace gesture::app
