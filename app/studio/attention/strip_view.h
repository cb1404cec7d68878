// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_model.h"
#include "app/studio/attention/band_tiles.h"
#include "app/studio/theme/theme.h"
#include "app/studio/timeline/time_axis.h"
#include "app/studio/widgets/focus_ring.h"

#include <QImage>
#include <QPixmap>
#include <QWidget>

namespace gesture::app {

/// All windows of the clip on one time axis: across the frames of motion, downwards by how many
/// frames the speech that looks at them comes before (above) or after (below). A column is a frame
/// or, farther away, the largest of several. GUI thread.
class StripView final : public QWidget {
    Q_OBJECT

public:
    StripView(AttentionModel& model, Executor& executor, const Theme& theme, QWidget* parent);

    void setTheme(const Theme& theme);
    [[nodiscard]] const TimeAxis& axis() const { return axis_; }
    [[nodiscard]] BandTiles& tiles() { return tiles_; }
    void show(double beginSeconds, double endSeconds);
    /// The cell under a place; nothing outside of the band.
    [[nodiscard]] std::optional<MapCell> cellAt(const QPointF& place) const;
    /// What stands there, from `Analysis::attention`: the mean over the windows that hold the frame
    /// of speech; NaN where none shows both.
    [[nodiscard]] float weightAt(const MapCell& cell) const;
    /// Frames a column of the picture stands for.
    [[nodiscard]] int framesPerColumn() const { return 1 << level(); }
    /// The band as it is painted, a pixel a column and row of it; for tests and measuring.
    [[nodiscard]] const QImage& picture();

    [[nodiscard]] QSize sizeHint() const override { return {698, 340}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 200}; }

Q_SIGNALS:
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
    [[nodiscard]] QRect band() const;
    [[nodiscard]] int level() const;
    [[nodiscard]] int rows() const { return 2 * tiles_.source().reach + 1; }
    [[nodiscard]] double frameAt(double x) const;
    void takeContent();
    void axisMoved();
    void repaintBand();
    /// What is under a px of the band.
    struct StripColumn {
        std::shared_ptr<const BandTile> tile; ///< Null: still being made.
        int column = 0;
    };
    void fillPicture();
    [[nodiscard]] std::vector<StripColumn> collectColumns();
    void paintMarks(QPainter& painter) const;
    void paintWords(QPainter& painter) const;
    void paintTimes(QPainter& painter) const;
    void paintReading(QPainter& painter) const;

    AttentionModel& model_;
    const Theme* theme_;
    FocusRing* ring_; ///< A sibling.
    BandTiles tiles_;
    TimeAxis axis_;
    QImage picture_;       ///< Null when it must be made.
    double largest_ = 0;   ///< Of the tiles that were seen.
    bool waiting_ = false; ///< Some tiles are still being made.
    std::shared_ptr<const inference::Analysis> shownAnalysis_;
    MapSelection shownMap_;
    std::optional<MapCell> hovered_;
    std::optional<double> panX_; ///< Where the middle button was pressed.
    double panBegin_ = 0;
};

} // namespace gesture::app
