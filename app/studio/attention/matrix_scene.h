// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_model.h"
#include "app/studio/attention/matrix_layout.h"
#include "app/studio/theme/theme.h"

#include <QPainter>

namespace gesture::app {

/// What a matrix is painted from. References live as long as the painting.
struct MatrixScene {
    const Theme& theme;
    const AttentionModel& model;
    MapSide side;
    const MatrixLayout& layout;
};

/// What changes rarely: cells, hatched columns, profiles, colour bar, axis titles.
void paintMatrix(QPainter& painter, const MatrixScene& scene);

/// Colours of the cells, a pixel each.
[[nodiscard]] QImage matrixImage(const MatrixScene& scene);

// Painted anew when the cursor or the playhead moves.

/// Words both ways, that of the cursor emphasised, and frame numbers.
void paintMatrixAxes(QPainter& painter, const MatrixScene& scene);
/// Playhead, cursor, marked area, pin.
void paintMatrixCursor(QPainter& painter, const MatrixScene& scene);
/// The cell's values: a tip beside the cell (workspace) or two lines below the map (dock).
void paintMatrixReading(QPainter& painter, const MatrixScene& scene);

/// The reading in words: "“whole” → frame 786", "weight 0.034 · rank 10 of 64", "26.13 s → 26.20 s
/// (+2 frames)".
struct ReadingText {
    QString place;
    QString weight;
    QString time;
};
[[nodiscard]] ReadingText readingText(const CellReading& reading, MapSide side);

/// One line of text, cut with "…" where it does not fit.
void drawLine(QPainter& painter, const QRectF& area, const QString& text, const QColor& colour,
              Qt::Alignment alignment = Qt::AlignLeft);

} // namespace gesture::app
