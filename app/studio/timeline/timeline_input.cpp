// SPDX-License-Identifier: Apache-2.0
// What mouse and keyboard do on the timeline.
#include "app/studio/timeline/lane_menu.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/name_edit.h"
#include "app/studio/timeline/ruler_painter.h"
#include "app/studio/timeline/timeline_keys.h"
#include "app/studio/timeline/timeline_view.h"
#include "app/studio/timeline/tools/tool_cursor.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace gesture::app {

namespace {

constexpr double kWheelZoom = 1.2;
constexpr double kWheelScroll = 0.1; ///< Part of the view for one notch.
constexpr int kLaneScroll = 48;      ///< Logical px for one notch.

void clickSign(TimelineView& view, const Hit& hit, bool only) {
    switch (hit.sign) {
    case LaneSign::Mute:
        Q_EMIT view.muteClicked();
        break;
    case LaneSign::Eye:
        Q_EMIT view.laneEyeClicked(hit.lane, only);
        break;
    case LaneSign::Lock:
        Q_EMIT view.laneLockClicked(hit.lane, only);
        break;
    case LaneSign::Solo:
        Q_EMIT view.laneSoloClicked(hit.lane, only);
        break;
    }
}

/// Things that a press does at once.
void click(TimelineView& view, const Hit& hit, Qt::KeyboardModifiers keys) {
    if (hit.zone == Zone::Sign) clickSign(view, hit, keys.testFlag(Qt::AltModifier));
    if (hit.zone == Zone::Button) Q_EMIT view.offerClicked(hit.offer);
    if (hit.zone == Zone::Badge) {
        Q_EMIT view.takeBadgeClicked(view.content().takes[*takeOf(hit.lane)].id);
    }
}

void fold(TimelineView& view, LaneId lane) {
    LaneArrangement arrangement = view.laneLayout().arrangement();
    arrangement.collapsed.toggle(lane);
    view.setArrangement(arrangement);
    Q_EMIT view.arrangementChanged();
}

/// The range becomes the word under the pointer, and loops.
void loopWordAt(TimelineView& view, double x) {
    const auto word = wordAt(view.content(), view.axis().timeAt(x));
    if (!word) return;
    Document& document = view.document();
    document.setRange(framesOf(view.content().transcript->words[*word], document.rate()));
    document.setLoop(Loop::Yes);
}

} // namespace

void TimelineView::mousePressEvent(QMouseEvent* event) {
    if (!document_.hasClip() || drag_) return;
    const DragPoint point{event->position(), event->modifiers()};
    const Hit hit = hitAt(scene(), point.place, settings_.tool);
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
    if (event->button() == Qt::LeftButton) {
        if (hit.zone == Zone::Unit) {
            unit_ = static_cast<RulerUnit>((static_cast<int>(unit_) + 1) % 3);
            invalidate(QRegion(layout_.ruler()));
        }
        if (hit.zone != Zone::Marker) setChosenMarker(std::nullopt);
        click(*this, hit, point.keys);
    }
    drag_ = startDrag(*this, hit, point, event->button());
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    const DragPoint point{event->position(), event->modifiers()};
    if (drag_) return drag_->move(point);
    showPointer(hitAt(scene(), point.place, settings_.tool), point.keys);
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event) {
    endDrag(true);
    showPointer(hitAt(scene(), event->position(), settings_.tool), event->modifiers());
}

void TimelineView::endDrag(bool finish) {
    if (!drag_) return;
    const std::unique_ptr<Drag> ended = std::move(drag_);
    finish ? ended->finish() : ended->cancel();
    showDrag({});
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event) {
    const Hit hit = hitAt(scene(), event->position(), settings_.tool);
    if (event->button() != Qt::LeftButton) return mousePressEvent(event);
    if (hit.zone == Zone::Box) return showAll();
    if (hit.zone == Zone::Ruler) return loopWordAt(*this, event->position().x());
    if (hit.zone == Zone::Header) return fold(*this, hit.lane);
    if (hit.zone == Zone::Marker) return renameMarker(hit.index);
    if (hit.zone != Zone::Word) return mousePressEvent(event);
    const auto& word = content_.transcript->words[hit.index];
    setSelection({framesOf(word, document_.rate()), {LaneId::Words}});
    Q_EMIT wordChosen(static_cast<int>(hit.index));
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    if (!document_.hasClip()) return;
    const QPoint turned = event->angleDelta();
    const double notches = (turned.y() != 0 ? turned.y() : turned.x()) / 120.0;
    const bool sideways = turned.x() != 0 && turned.y() == 0;
    const Qt::KeyboardModifiers keys = event->modifiers();
    if (keys.testFlag(Qt::ControlModifier)) {
        axis_.zoom(std::pow(kWheelZoom, -notches), axis_.timeAt(event->position().x()));
        axisMoved();
    } else if (layout_.overflow() > 0 && !sideways && !keys.testFlag(Qt::ShiftModifier)) {
        scrollLanes(layout_.scroll() - static_cast<int>(std::lround(notches * kLaneScroll)));
    } else {
        axis_.scrollBy(-notches * kWheelScroll * axis_.span());
        axisMoved();
    }
    event->accept();
}

void TimelineView::leaveEvent(QEvent*) { Q_EMIT hinted({}); }

void TimelineView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && drag_) return endDrag(false);
    if (event->key() == Qt::Key_Control && !drag_) {
        const QPointF place = mapFromGlobal(QCursor::pos());
        showPointer(hitAt(scene(), place, settings_.tool),
                    event->modifiers() | Qt::ControlModifier);
    }
    if (!document_.hasClip() || !pressTimelineKey(*this, *event)) QWidget::keyPressEvent(event);
}

void TimelineView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Control && !drag_) {
        const QPointF place = mapFromGlobal(QCursor::pos());
        showPointer(hitAt(scene(), place, settings_.tool), {});
    }
    QWidget::keyReleaseEvent(event);
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event) {
    if (!document_.hasClip()) return;
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const Hit hit = hitAt(scene(), event->pos(), settings_.tool);
    const bool header =
        hit.zone == Zone::Header || hit.zone == Zone::Sign || hit.zone == Zone::Badge;
    QMenu menu(this);
    if (byKey || header) {
        fillLaneMenu(menu, *this, byKey ? currentLane_ : std::optional(hit.lane));
    } else {
        menu.addActions(laneActions_);
    }
    if (!menu.isEmpty()) menu.exec(byKey ? mapToGlobal(QPoint(20, 40)) : event->globalPos());
}

void TimelineView::showPointer(const Hit& hit, Qt::KeyboardModifiers keys) {
    setCursor(toolCursor(hit, settings_, keys, *theme_, devicePixelRatioF()));
    Q_EMIT hinted(hintOf(hit, settings_));
}

void TimelineView::renameMarker(std::size_t index) {
    const QRectF flag = markerFlag(scene(), content_.markers[index].frame);
    editName(*this, {flag.toRect(), content_.markers[index].name, tr("Name of the marker")},
             [this, index](const QString& name) {
                 Q_EMIT markerRenamed(static_cast<int>(index), name);
             });
}

void TimelineView::renameWord(std::size_t index) {
    const LaneRow* const row = layout_.find(LaneId::Words);
    if (row == nullptr) return;
    const audio::TimedLabel& word = content_.transcript->words[index];
    const QRect place = wordPlace(scene(), layout_.contentOf(row->place), word).toRect();
    editName(
        *this, {place, QString::fromStdString(word.text), tr("What the word should read")},
        [this, index](const QString& text) { Q_EMIT wordRenamed(static_cast<int>(index), text); });
}

bool TimelineView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) return showTip(*static_cast<QHelpEvent*>(event));
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (isTimelineKey(*key) || (drag_ && key->key() == Qt::Key_Escape)) event->accept();
    }
    return QWidget::event(event);
}

bool TimelineView::showTip(const QHelpEvent& help) {
    const LaneScene shown = scene();
    const QString tip = tipOf(shown, hitAt(shown, help.pos(), settings_.tool), help.pos());
    tip.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help.globalPos(), tip, this);
    return true;
}

} // namespace gesture::app
