// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_model.h"
#include "app/studio/attention/matrix_layout.h"
#include "app/studio/theme/theme.h"
#include "app/studio/widgets/focus_ring.h"

#include <QPixmap>
#include <QWidget>

namespace gesture::app {

/// The matrix of one window with its profiles, words and colour bar, a whole number of px a cell.
/// What changes rarely is painted once and kept. GUI thread.
class MatrixView final : public QWidget {
    Q_OBJECT

public:
    MatrixView(AttentionModel& model, MapSide side, MatrixForm form, const Theme& theme,
               QWidget* parent);

    void setTheme(const Theme& theme);
    void setSide(MapSide side);
    /// Logical px a cell, kSmallestZoom to kLargestZoom; 0: as large as fits.
    void setZoom(int zoom, const QPointF& anchor);
    [[nodiscard]] int zoom() const { return zoom_; }

    [[nodiscard]] AttentionModel& model() { return model_; }
    [[nodiscard]] MapSide side() const { return side_; }
    [[nodiscard]] MatrixLayout matrixLayout() const;
    /// What it shows, in words.
    [[nodiscard]] QString contentText() const;
    /// Goes to a cell: what the arrow keys do.
    void moveCursor(const MapCell& cell);

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// What the mouse does here; empty when it left.
    void hinted(const QString& hint);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Grip { None, Click, Area, Pan };

    void repaintAll();
    void markTo(const MapCell& cell);
    void panTo(const QPoint& place);
    bool pressPlain(int key);
    bool pressControl(int key);
    void step(int key, bool mark);
    void scrollTo(const MapCell& cell);

    AttentionModel& model_;
    MapSide side_;
    MatrixForm form_;
    const Theme* theme_;
    FocusRing* ring_; ///< A sibling.
    QPixmap kept_;    ///< Null when it must be painted.
    int zoom_ = 0;
    QPoint scroll_;
    Grip held_ = Grip::None;
    QPoint heldPlace_;
    QPoint heldScroll_;
    std::optional<MapCell> heldCell_; ///< Corner of the area that is being marked.
};

} // namespace gesture::app
