// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

namespace gesture::app {

/// Fusion without underlined letters in menus. GUI thread.
class StudioStyle final : public QProxyStyle {
    Q_OBJECT

public:
    StudioStyle()
        : QProxyStyle(QStringLiteral("Fusion")) {}

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* result) const override {
        return hint == SH_UnderlineShortcut ? 0
                                            : QProxyStyle::styleHint(hint, option, widget, result);
    }
};

} // namespace gesture::app
