// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QString>

#include <array>

namespace gesture::app {

enum class ThemeKind { Dark, Light };

/// Every colour of the studio by its name in the design; no colour literal stands anywhere else.
/// Value type, any thread. The style sheet is generated from it and painters take it by reference.
struct Theme {
    ThemeKind kind = ThemeKind::Dark;

    QColor bg0; ///< Gaps between panels.
    QColor bg1; ///< Canvas: timeline, charts.
    QColor bg2; ///< Panels.
    QColor bg3; ///< Controls.
    QColor bg4; ///< Controls under the pointer.
    QColor bg5; ///< Controls that are on, grooves.
    QColor line;
    QColor line2; ///< Borders of controls.
    QColor tx1;
    QColor tx2;
    QColor tx3; ///< Hints and axes.
    QColor txd; ///< Disabled.
    QColor acc; ///< Focus and selection.
    QColor accbg;
    QColor acchov;
    QColor acctx; ///< Text on accbg.
    QColor accsoft;
    QColor face;
    QColor upper;
    QColor hands;
    QColor lower;
    QColor sem;
    QColor takeA;
    QColor takeB;
    QColor play;   ///< Playhead.
    QColor playtx; ///< Text on the playhead's flag.
    QColor halo;   ///< Around the playhead, drawn at 45 %.
    QColor warn;
    QColor err;
    QColor ok;
    QColor wave;   ///< Peaks.
    QColor wavein; ///< RMS.
    QColor vp0;    ///< Viewport, centre.
    QColor vp1;    ///< Viewport, edge.
    QColor grid;
    QColor axisX;
    QColor axisY;
    QColor axisZ;
    QColor axistx; ///< Letters on the axis gizmo.

    [[nodiscard]] bool dark() const { return kind == ThemeKind::Dark; }
};

[[nodiscard]] const Theme& darkTheme();
[[nodiscard]] const Theme& lightTheme();
[[nodiscard]] inline const Theme& themeOf(ThemeKind kind) {
    return kind == ThemeKind::Dark ? darkTheme() : lightTheme();
}

/// The names that the style sheet may use ("bg0" …) with their colours.
struct NamedColour {
    const char* name;
    QColor Theme::*member;
};
[[nodiscard]] const std::array<NamedColour, 26>& styleColours();

/// The same colour with another opacity, 0..1.
[[nodiscard]] QColor withAlpha(QColor colour, double alpha);

/// WCAG 2 contrast ratio of two opaque colours, 1..21 (definition of relative luminance).
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);

} // namespace gesture::app
