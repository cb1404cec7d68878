// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/document/document.h"
#include "app/studio/theme/theme.h"
#include "app/studio/timeline/lane_painter.h"
#include "app/studio/timeline/time_axis.h"
#include "app/studio/widgets/focus_ring.h"

#include <QPixmap>
#include <QWidget>

namespace gesture::app {

/// Ruler, speech and whole clip on one time axis. The lanes are painted once and kept; while
/// playing only the playhead is drawn anew. GUI thread.
class TimelineView final : public QWidget {
    Q_OBJECT

public:
    TimelineView(Document& document, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] const TimeAxis& axis() const { return axis_; }
    [[nodiscard]] Document& document() { return document_; }
    /// Where the playhead is, in words.
    [[nodiscard]] QString positionText() const;
    /// What lies on the time axis, in words.
    [[nodiscard]] QString contentText() const;
    void setTheme(const Theme& theme);
    void setDensity(const Density& density);

    void showAll();
    void showRange();
    /// At the playhead.
    void zoom(double factor);
    /// 0..1, see TimeAxis.
    void setZoomLevel(double level);

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// The stretch in view changed.
    void axisChanged();
    /// The pointer holds the playhead.
    void scrubbing(bool active);
    void muteClicked();
    /// What the mouse does here, for the status bar; empty when it left.
    void hinted(const QString& hint);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Grip {
        None,
        Playhead,
        In,
        Out,
        Band,
        Pan,
        BoxBegin,
        BoxEnd,
        Box,
        Unit,
        Mute,
    };

    [[nodiscard]] LaneScene scene() const;
    [[nodiscard]] Grip gripAt(const QPointF& place) const;
    [[nodiscard]] Grip boxGripAt(double x) const;
    [[nodiscard]] Grip rulerGripAt(const QPointF& place) const;
    void drag(const QPointF& place);
    void dragRange(const QPointF& place);
    void dragBox(double x);
    void showHint(Grip grip);
    void onChanged(DocumentChanges changes);
    void axisMoved();
    void repaintLanes();
    void repaintPlayhead();

    Document& document_;
    const Theme* theme_;
    FocusRing* ring_; ///< A sibling.
    TimeAxis axis_;
    Density density_;
    RulerUnit unit_ = RulerUnit::Clock;
    QPixmap lanes_; ///< Kept picture; null when it must be painted.
    FrameIndex shownFrame_;
    QRegion shownPlayhead_;
    Grip held_ = Grip::None;
    double heldX_ = 0;     ///< Where the pointer was taken.
    double heldBegin_ = 0; ///< Axis or range begin at that time, seconds.
    double heldEnd_ = 0;
};

} // namespace gesture::app
