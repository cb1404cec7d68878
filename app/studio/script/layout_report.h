// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonArray>

class QWidget;

namespace gesture::app {

/// Every visible control of a window that holds no other one: name, place in the window (logical
/// px), width that its text or icon needs, and text. For tests of the layout.
[[nodiscard]] QJsonArray layoutOf(const QWidget& window);

} // namespace gesture::app
