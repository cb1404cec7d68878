// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QWidget>
#include <gtest/gtest.h>

namespace gesture::test {

/// Shows a panel at a size in a theme, with the style sheet of the program: whether it can be as
/// small as that, no text of a label or button is cut, and no two fields lie on each other. The
/// folder GESTURE_WIDGET_PICTURES gets a picture `name`-dark.png or `name`-light.png of it.
[[nodiscard]] ::testing::AssertionResult fits(QWidget& panel, QSize size, app::ThemeKind theme,
                                              const char* name);

} // namespace gesture::test
