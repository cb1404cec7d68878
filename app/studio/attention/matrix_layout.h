// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/map_readings.h"

#include <QPointF>
#include <QRect>
#include <QSize>

#include <optional>

namespace gesture::app {

enum class MatrixForm { Dock, Workspace };

inline constexpr int kSmallestZoom = 4; ///< Logical px a cell.
inline constexpr int kLargestZoom = 16;

/// What decides where things are.
struct MatrixFit {
    MatrixForm form = MatrixForm::Dock;
    QSize size;    ///< Of the widget.
    int zoom = 0;  ///< Logical px a cell; 0: as large as fits, whole px.
    QPoint scroll; ///< Logical px of the map that lie left of and above the view.
};

/// Where the parts of a matrix lie, logical px: profiles above and right, words left and below,
/// colour bar right (workspace) or below (dock). Value type.
struct MatrixLayout {
    MatrixLayout(const MatrixFit& fit, const MapTable& table);

    MatrixForm form;
    int cell = 4;
    QRect map;     ///< The part of the matrix that is seen.
    QPoint scroll; ///< As wanted, kept inside of the matrix.
    QRect columnProfile;
    QRect rowProfile;
    QRect speechWords;
    QRect motionWords;
    QRect frameTicks; ///< Empty in the dock.
    QRect colourBar;
    QRect reading; ///< Empty in the workspace: there the tip says it.

    /// Nothing outside of the map.
    [[nodiscard]] std::optional<MapCell> cellAt(const QPointF& place) const;
    /// The same, but outside the nearest cell.
    [[nodiscard]] MapCell nearestCell(const QPointF& place) const;
    /// May lie outside of the map's view.
    [[nodiscard]] QRect rectOf(const MapCell& cell) const;
    [[nodiscard]] QRect rectOf(FrameRange speech, FrameRange motion) const;
    /// Left edge of a frame of motion, upper edge of one of speech; fractions of frames count.
    [[nodiscard]] double xOf(double motionFrame) const;
    [[nodiscard]] double yOf(double speechFrame) const;
    [[nodiscard]] QPoint largestScroll() const;

private:
    void place(const MatrixFit& fit);

    FrameIndex speechBegin_;
    FrameIndex motionBegin_;
    int rows_;
    int columns_;
};

} // namespace gesture::app
