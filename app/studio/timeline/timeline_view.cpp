// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/timeline_view.h"

#include "app/studio/document/time_text.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kPadding = 12; ///< Between the edges of the lanes and the ends of the clip.
constexpr double kReach = 5; ///< How near the pointer must be to take a handle.
constexpr double kWheelZoom = 1.2;
constexpr double kWheelScroll = 0.1; ///< Part of the view for one notch.
constexpr int kPreferredSpeech = 132;

} // namespace

TimelineView::TimelineView(Document& document, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , document_(document)
    , theme_(&theme)
    , ring_(new FocusRing(*this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timeline"));
    connect(&document_, &Document::changed, this, &TimelineView::onChanged);
}

void TimelineView::setTheme(const Theme& theme) {
    theme_ = &theme;
    ring_->setColour(theme.acc);
    repaintLanes();
}

QString TimelineView::positionText() const {
    if (!document_.hasClip()) return tr("Nothing is open");
    return tr("%1, frame %2 of %3")
        .arg(timecodeText(document_.frame(), document_.rate()))
        .arg(document_.frame().value)
        .arg(document_.lastFrame().value);
}

QString TimelineView::contentText() const {
    if (!document_.hasClip()) return {};
    QStringList parts{document_.name()};
    parts.append(document_.audio() ? tr("with sound") : tr("without sound"));
    if (document_.range()) {
        const FrameRate rate = document_.rate();
        const FrameIndex last{document_.range()->end.value - 1};
        parts.append(
            tr("in %1, out %2")
                .arg(timecodeText(document_.range()->begin, rate), timecodeText(last, rate)));
    }
    return parts.join(QStringLiteral(", "));
}

void TimelineView::setDensity(const Density& density) {
    density_ = density;
    axis_.setPixels(density_.header + kPadding, width() - kPadding);
    updateGeometry();
    repaintLanes();
}

QSize TimelineView::minimumSizeHint() const {
    return {density_.header + 200, density_.ruler + density_.speech + density_.wholeClip};
}

QSize TimelineView::sizeHint() const {
    const int speech = std::max(density_.speech, density_.secondLine ? kPreferredSpeech : 96);
    return {1200, density_.ruler + speech + density_.wholeClip};
}

LaneScene TimelineView::scene() const {
    const int speech = std::max(height() - density_.ruler - density_.wholeClip, 1);
    return {*theme_,
            document_,
            axis_,
            density_,
            unit_,
            QRect(0, 0, width(), density_.ruler),
            QRect(0, density_.ruler, width(), speech),
            QRect(0, density_.ruler + speech, width(), density_.wholeClip),
            devicePixelRatioF()};
}

void TimelineView::showAll() {
    axis_.showAll();
    axisMoved();
}

void TimelineView::showRange() {
    if (!document_.range()) return showAll();
    const FrameRate rate = document_.rate();
    const double begin = rate.timeOf(document_.range()->begin).value;
    const double end = rate.timeOf(document_.range()->end).value;
    const double margin = (end - begin) * 0.05;
    axis_.show(begin - margin, end + margin);
    axisMoved();
}

void TimelineView::zoom(double factor) {
    axis_.zoom(factor, document_.playhead());
    axisMoved();
}

void TimelineView::setZoomLevel(double level) {
    axis_.setZoomLevel(level, document_.playhead());
    axisMoved();
}

void TimelineView::onChanged(DocumentChanges changes) {
    if (changes.testFlag(DocumentChange::Motion) || changes.testFlag(DocumentChange::Audio)) {
        if (document_.hasClip()) axis_.setDuration(document_.duration(), document_.rate());
        axisMoved();
    } else if (changes & ~DocumentChanges(DocumentChange::Playhead)) {
        repaintLanes();
    }
    if (!changes.testFlag(DocumentChange::Playhead)) return;
    if (QAccessible::isActive()) {
        QAccessibleValueChangeEvent moved(this, static_cast<qlonglong>(document_.frame().value));
        QAccessible::updateAccessibility(&moved);
    }
    const bool turned = held_ == Grip::None && axis_.follow(document_.playhead());
    turned ? axisMoved() : repaintPlayhead();
}

void TimelineView::axisMoved() {
    repaintLanes();
    Q_EMIT axisChanged();
}

void TimelineView::repaintLanes() {
    lanes_ = QPixmap();
    update();
}

void TimelineView::repaintPlayhead() {
    if (document_.frame() == shownFrame_) return;
    update(shownPlayhead_);
    update(playheadRegion(scene()));
}

void TimelineView::paintEvent(QPaintEvent* event) {
    const LaneScene shown = scene();
    if (lanes_.isNull()) {
        lanes_ = QPixmap(size() * shown.ratio);
        lanes_.setDevicePixelRatio(shown.ratio);
        lanes_.fill(theme_->bg1);
        QPainter painter(&lanes_);
        paintLanes(painter, shown);
    }
    QPainter painter(this);
    painter.setClipRegion(event->region());
    painter.drawPixmap(0, 0, lanes_);
    paintPlayhead(painter, shown);
    shownFrame_ = document_.frame();
    shownPlayhead_ = playheadRegion(shown);
}

void TimelineView::resizeEvent(QResizeEvent*) {
    axis_.setPixels(density_.header + kPadding, width() - kPadding);
    axisMoved();
}

TimelineView::Grip TimelineView::rulerGripAt(const QPointF& place) const {
    if (!document_.range() || place.y() < density_.ruler - 12) return Grip::Playhead;
    const FrameRate rate = document_.rate();
    const double begin = axis_.xOf(rate.timeOf(document_.range()->begin));
    const double end = axis_.xOf(rate.timeOf(document_.range()->end));
    if (std::abs(place.x() - begin) <= kReach) return Grip::In;
    if (std::abs(place.x() - end) <= kReach) return Grip::Out;
    return place.x() > begin && place.x() < end ? Grip::Band : Grip::Playhead;
}

TimelineView::Grip TimelineView::boxGripAt(double x) const {
    const QRectF box = viewBox(scene());
    if (std::abs(x - box.left()) <= kReach) return Grip::BoxBegin;
    if (std::abs(x - box.right()) <= kReach) return Grip::BoxEnd;
    return Grip::Box;
}

TimelineView::Grip TimelineView::gripAt(const QPointF& place) const {
    if (!document_.hasClip()) return Grip::None;
    const LaneScene shown = scene();
    const bool header = place.x() < density_.header;
    if (shown.ruler.contains(place.toPoint())) return header ? Grip::Unit : rulerGripAt(place);
    if (header) {
        const bool mute =
            document_.audio() && muteSign(shown).adjusted(-6, -6, 6, 6).contains(place.toPoint());
        return mute ? Grip::Mute : Grip::None;
    }
    return shown.wholeClip.contains(place.toPoint()) ? boxGripAt(place.x()) : Grip::Playhead;
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    const QPointF place = event->position();
    held_ = event->button() == Qt::MiddleButton ? Grip::Pan : gripAt(place);
    if (!document_.hasClip() || (event->button() != Qt::LeftButton && held_ != Grip::Pan)) {
        held_ = Grip::None;
        return;
    }
    heldX_ = place.x();
    heldBegin_ = axis_.begin();
    heldEnd_ = axis_.end();
    if (held_ == Grip::Unit) {
        unit_ = static_cast<RulerUnit>((static_cast<int>(unit_) + 1) % 3);
        repaintLanes();
    } else if (held_ == Grip::Mute) {
        Q_EMIT muteClicked();
    } else if (held_ == Grip::Band) {
        heldBegin_ = document_.rate().timeOf(document_.range()->begin).value;
    } else if (held_ == Grip::Playhead) {
        Q_EMIT scrubbing(true);
        drag(place);
    } else if (held_ == Grip::Box && !viewBox(scene()).contains(place)) {
        const double middle = wholeClipTime(scene(), place.x()).value;
        axis_.show(middle - axis_.span() / 2, middle + axis_.span() / 2);
        heldBegin_ = axis_.begin();
        heldEnd_ = axis_.end();
        axisMoved();
    }
    showHint(held_);
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    if (held_ != Grip::None) {
        drag(event->position());
    } else {
        showHint(gripAt(event->position()));
    }
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event) {
    const bool scrubbed = held_ == Grip::Playhead;
    held_ = Grip::None;
    if (scrubbed) Q_EMIT scrubbing(false);
    showHint(gripAt(event->position()));
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event) {
    const Grip grip = gripAt(event->position());
    if (grip == Grip::Box) {
        showAll();
    } else {
        mousePressEvent(event);
    }
}

void TimelineView::drag(const QPointF& place) {
    switch (held_) {
    case Grip::Playhead:
        document_.goToFrame(axis_.nearestFrame(place.x()));
        break;
    case Grip::In:
    case Grip::Out:
    case Grip::Band:
        dragRange(place);
        break;
    case Grip::Pan: {
        const double moved = (heldX_ - place.x()) / axis_.pixelsPerSecond();
        axis_.show(heldBegin_ + moved, heldEnd_ + moved);
        axisMoved();
        break;
    }
    case Grip::BoxBegin:
    case Grip::BoxEnd:
    case Grip::Box:
        dragBox(place.x());
        break;
    case Grip::None:
    case Grip::Unit:
    case Grip::Mute:
        break;
    }
}

void TimelineView::dragRange(const QPointF& place) {
    if (!document_.range()) return;
    FrameRange range = *document_.range();
    const FrameIndex frame = axis_.nearestFrame(place.x());
    if (held_ == Grip::In) {
        range.begin.value = std::clamp<std::int64_t>(frame.value, 0, range.end.value - 1);
    } else if (held_ == Grip::Out) {
        range.end.value = std::clamp(frame.value, range.begin.value + 1, document_.frameCount());
    } else {
        const double moved = (place.x() - heldX_) / axis_.pixelsPerSecond();
        const std::int64_t length = range.length();
        const double wanted = (heldBegin_ + moved) * document_.rate().perSecond();
        range.begin.value =
            std::clamp<std::int64_t>(std::llround(wanted), 0, document_.frameCount() - length);
        range.end = range.begin + length;
    }
    document_.setRange(range);
}

void TimelineView::dragBox(double x) {
    const LaneScene shown = scene();
    const double moved = wholeClipTime(shown, x).value - wholeClipTime(shown, heldX_).value;
    double begin = heldBegin_;
    double end = heldEnd_;
    if (held_ != Grip::BoxEnd) begin += moved;
    if (held_ != Grip::BoxBegin) end += moved;
    if (end > begin) axis_.show(begin, end);
    axisMoved();
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    if (!document_.hasClip()) return;
    const QPoint turned = event->angleDelta();
    const double notches = (turned.y() != 0 ? turned.y() : turned.x()) / 120.0;
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        axis_.zoom(std::pow(kWheelZoom, -notches), axis_.timeAt(event->position().x()));
    } else {
        axis_.scrollBy(-notches * kWheelScroll * axis_.span());
    }
    axisMoved();
    event->accept();
}

void TimelineView::leaveEvent(QEvent*) { Q_EMIT hinted({}); }

void TimelineView::showHint(Grip grip) {
    Qt::CursorShape shape = Qt::ArrowCursor;
    QString hint;
    switch (grip) {
    case Grip::Playhead:
        shape = Qt::IBeamCursor;
        hint = tr("Click or drag: move the playhead. Wheel: scroll. Ctrl+wheel: zoom.");
        break;
    case Grip::In:
    case Grip::Out:
        shape = Qt::SizeHorCursor;
        hint = grip == Grip::In ? tr("Drag: set in.") : tr("Drag: set out.");
        break;
    case Grip::Band:
        shape = Qt::OpenHandCursor;
        hint = tr("Drag: move the range.");
        break;
    case Grip::Pan:
        shape = Qt::ClosedHandCursor;
        break;
    case Grip::BoxBegin:
    case Grip::BoxEnd:
        shape = Qt::SizeHorCursor;
        hint = tr("Drag: show more or less of the clip.");
        break;
    case Grip::Box:
        shape = Qt::OpenHandCursor;
        hint = tr("Drag: scroll. Double-click: show the whole clip.");
        break;
    case Grip::Unit:
    case Grip::Mute:
        shape = Qt::PointingHandCursor;
        hint = grip == Grip::Unit ? tr("Click: count in minutes, seconds or frames.")
                                  : tr("Click: mute or unmute.");
        break;
    case Grip::None:
        break;
    }
    setCursor(shape);
    Q_EMIT hinted(hint);
}

bool TimelineView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Grip grip = gripAt(help->pos());
    if (grip == Grip::Playhead) {
        const FrameIndex frame = axis_.nearestFrame(help->pos().x());
        QToolTip::showText(
            help->globalPos(),
            tr("%1 · frame %2").arg(timecodeText(frame, document_.rate())).arg(frame.value), this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

} // namespace gesture::app
