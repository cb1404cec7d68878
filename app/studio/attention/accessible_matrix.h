// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::app {

class MatrixView;

/// Teaches Qt how screen readers see a matrix: as a table with a row for each frame of speech and
/// a column for each frame of motion; headers say frame and word, cells their weight and rank. GUI
/// thread; again: no effect.
void installMatrixInterface();

/// Tells a screen reader that the cell under the cursor changed.
void announceMatrixCell(MatrixView& view);

} // namespace gesture::app
