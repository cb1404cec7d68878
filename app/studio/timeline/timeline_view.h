// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/hit_test.h"
#include "app/studio/timeline/lane_scene.h"
#include "app/studio/timeline/tools/drag.h"
#include "app/studio/timeline/tools/tool_settings.h"
#include "app/studio/widgets/focus_ring.h"

#include <QAction>
#include <QHelpEvent>
#include <QPixmap>
#include <QRegion>
#include <QWidget>

#include <memory>

namespace gesture::app {

/// Ruler, lanes and whole clip on one time axis. The lanes are painted once and kept; a change
/// repaints the columns that it names, and while playing only the playhead is drawn anew.
///
/// What is shown comes from the document (motion, sound, range, playhead) and from `setContent`.
/// What the user does to content is told by signals with plain values, those of one drag with one
/// gesture number; nothing changes here until the content comes back, but for the picture of the
/// drag. Its own are tools, selection, zoom and the arrangement of lanes. GUI thread.
class TimelineView final : public QWidget {
    Q_OBJECT

public:
    TimelineView(Document& document, const Theme& theme, QWidget* parent = nullptr);
    ~TimelineView() override;

    [[nodiscard]] Document& document() const { return document_; }
    [[nodiscard]] const TimeAxis& axis() const { return axis_; }
    [[nodiscard]] const LaneLayout& laneLayout() const { return layout_; }
    [[nodiscard]] const ToolSettings& settings() const { return settings_; }
    [[nodiscard]] const TimelineSelection& selection() const { return selection_; }
    [[nodiscard]] std::optional<LaneId> currentLane() const { return currentLane_; }
    [[nodiscard]] std::optional<std::size_t> chosenMarker() const { return chosenMarker_; }
    /// As it was set.
    [[nodiscard]] const TimelineContent& content() const { return content_; }
    /// The content's mask, as long as the clip.
    [[nodiscard]] inference::EditMask mask() const;
    /// What is on the screen.
    [[nodiscard]] LaneScene scene() const;
    /// Where the playhead is, in words.
    [[nodiscard]] QString positionText() const;
    /// What lies on the time axis, in words.
    [[nodiscard]] QString contentText() const;

    void setContent(TimelineContent content);
    void setTheme(const Theme& theme);
    void setDensity(const Density& density);
    void setSettings(const ToolSettings& settings);
    void setArrangement(const LaneArrangement& arrangement);
    /// What a right click on lanes offers.
    void setLaneActions(QList<QAction*> actions) { laneActions_ = std::move(actions); }

    void setSelection(const TimelineSelection& selection);
    void setCurrentLane(std::optional<LaneId> lane);
    void setChosenMarker(std::optional<std::size_t> marker);

    void showAll();
    /// The selection, else the in/out range, else everything.
    void showRange();
    void showStretch(double begin, double end);
    /// At the playhead.
    void zoom(double factor);
    /// 0..1, see TimeAxis.
    void setZoomLevel(double level);
    void scrollLanes(int y);

    /// What a drag shows; an empty picture ends it.
    void showDrag(DragPicture picture);
    /// A number for the signals of one drag, or of one change by a key.
    [[nodiscard]] quint64 beginGesture() { return ++gestures_; }
    /// Asks for the name of a marker or for what a word should read.
    void renameMarker(std::size_t index);
    void renameWord(std::size_t index);

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
    /// Another content was set, or another clip opened.
    void contentChanged();
    /// Tool, snapping or parts.
    void settingsChanged();
    /// Order, folded and hidden lanes, by the user.
    void arrangementChanged();

    /// The mask as a stroke or an action leaves it, with the name of the change. The last of a
    /// gesture is finished; a cancelled one ends with the mask from before it.
    void maskStroke(const gesture::inference::EditMask& after, const QString& name, quint64 gesture,
                    bool finished);
    /// Time × mask lanes; empty range: nothing. No part: no mask lane is among the lanes.
    void selectionChanged(const gesture::FrameRange& range,
                          const gesture::inference::PartSet& parts);
    void thresholdDragged(double threshold, bool finished);
    /// Words with a moved boundary; as `maskStroke`.
    void wordsMoved(const gesture::audio::Transcript& after, const QString& name, quint64 gesture,
                    bool finished);
    void wordRenamed(int word, const QString& text);
    void wordChosen(int word);
    void markerMoved(int marker, gesture::FrameIndex frame, quint64 gesture, bool finished);
    void markerAdded(gesture::FrameIndex frame);
    void markerRenamed(int marker, const QString& name);
    void markerRemoved(int marker);
    void segmentAdded(const gesture::FrameRange& range);
    /// By TakeRow::id: to be A; its badge, to be compared.
    void takeChosen(qint64 take);
    void takeBadgeClicked(qint64 take);
    /// `only`: with Alt, this one and no other.
    void laneEyeClicked(gesture::app::LaneId lane, bool only);
    void laneLockClicked(gesture::app::LaneId lane, bool only);
    void laneSoloClicked(gesture::app::LaneId lane, bool only);
    /// A button in an empty lane.
    void offerClicked(gesture::app::LaneOffer offer);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool event(QEvent* event) override;

private:
    void onChanged(DocumentChanges changes);
    void axisMoved();
    /// The content with what the drag holds; repaints what differs from what was shown.
    void updateShown();
    void invalidate(const ContentDifference& difference);
    void invalidate(const QRegion& region);
    void invalidateAll();
    void repaintPlayhead();
    void renderLanes(const LaneScene& shown);
    void endDrag(bool finish);
    void showPointer(const Hit& hit, Qt::KeyboardModifiers keys);
    [[nodiscard]] bool showTip(const QHelpEvent& event);

    Document& document_;
    const Theme* theme_;
    FocusRing* ring_; ///< A sibling.
    TimeAxis axis_;
    LaneLayout layout_;
    RulerUnit unit_ = RulerUnit::Clock;
    ToolSettings settings_;
    TimelineSelection selection_;
    std::optional<LaneId> currentLane_;
    std::optional<std::size_t> chosenMarker_;
    QList<QAction*> laneActions_;
    TimelineContent content_;
    TimelineContent shown_; ///< `content_` with what the drag holds.
    ContentIndex index_;    ///< Of `shown_`.
    DragPicture picture_;
    std::unique_ptr<Drag> drag_;
    quint64 gestures_ = 0;
    QPixmap lanes_; ///< Kept picture.
    QRegion stale_; ///< Of `lanes_`.
    FrameIndex shownFrame_;
    QRegion shownPlayhead_;
};

} // namespace gesture::app
