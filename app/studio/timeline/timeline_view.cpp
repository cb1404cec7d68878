// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/timeline_view.h"

#include "app/studio/document/time_text.h"
#include "app/studio/timeline/lane_painter.h"
#include "app/studio/timeline/tools/mask_edits.h"

#include <QAccessible>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace gesture::app {

namespace {

constexpr int kPadding = 12;      ///< Between the edges of the lanes and the ends of the clip.
constexpr int kLeastHeight = 158; ///< With the transport bar the 200 px of the dock.

/// Marks of selected blocks change with these.
bool sameBlocks(const TimelineSelection& a, const TimelineSelection& b) {
    return a == b || (a.empty() && b.empty());
}

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
    onChanged(DocumentChange::Motion);
}

TimelineView::~TimelineView() = default;

LaneScene TimelineView::scene() const {
    return {*theme_,
            document_,
            shown_,
            index_,
            layout_,
            axis_,
            unit_,
            selection_,
            currentLane_,
            chosenMarker_,
            devicePixelRatioF(),
            rect()};
}

inference::EditMask TimelineView::mask() const {
    return maskOfLength(content_.mask, document_.frameCount());
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

void TimelineView::setContent(TimelineContent content) {
    content_ = std::move(content);
    if (chosenMarker_ && *chosenMarker_ >= content_.markers.size()) chosenMarker_.reset();
    updateShown();
    Q_EMIT contentChanged();
}

void TimelineView::setTheme(const Theme& theme) {
    theme_ = &theme;
    ring_->setColour(theme.acc);
    invalidateAll();
}

void TimelineView::setDensity(const Density& density) {
    if (density == layout_.density()) return;
    layout_.setDensity(density);
    axis_.setPixels(density.header + kPadding, width() - kPadding);
    updateGeometry();
    invalidateAll();
}

void TimelineView::setSettings(const ToolSettings& settings) {
    if (settings == settings_) return;
    settings_ = settings;
    Q_EMIT settingsChanged();
}

void TimelineView::setArrangement(const LaneArrangement& arrangement) {
    layout_.setArrangement(arrangement);
    updateGeometry();
    invalidateAll();
}

void TimelineView::setSelection(const TimelineSelection& selection) {
    if (selection == selection_) return;
    const bool blocks = !sameBlocks(selection, selection_);
    selection_ = selection.empty() ? TimelineSelection{} : selection;
    if (blocks) {
        ContentDifference masks;
        masks.lanes = lanesOf(inference::kAllParts);
        invalidate(masks);
    }
    update();
    Q_EMIT selectionChanged(selection_.range, partsOf(selection_.lanes));
}

void TimelineView::setCurrentLane(std::optional<LaneId> lane) {
    if (lane == currentLane_) return;
    currentLane_ = lane;
    const bool moved = lane && layout_.scrollIntoView(*lane);
    moved ? invalidateAll() : invalidate(QRegion(layout_.headerOf(layout_.lanesArea())));
}

void TimelineView::setChosenMarker(std::optional<std::size_t> marker) {
    if (marker == chosenMarker_) return;
    chosenMarker_ = marker;
    invalidate(QRegion(layout_.ruler()));
}

QSize TimelineView::minimumSizeHint() const {
    return {layout_.density().header + 200, kLeastHeight};
}

QSize TimelineView::sizeHint() const {
    constexpr double kMostOfWindow = 0.6;
    const int most =
        static_cast<int>(window()->height() * kMostOfWindow) - layout_.density().transport;
    // With room for a second take.
    const int spare = shown_.takes.size() < 2 ? layout_.density().take : 0;
    return {1200, std::max(std::min(layout_.wantedHeight() + spare, most), kLeastHeight)};
}

void TimelineView::showAll() {
    axis_.showAll();
    axisMoved();
}

void TimelineView::showRange() {
    if (selection_.empty() && !document_.range()) return showAll();
    const FrameRange range = selection_.empty() ? *document_.range() : selection_.range;
    const FrameRate rate = document_.rate();
    const double begin = rate.timeOf(range.begin).value;
    const double end = rate.timeOf(range.end).value;
    const double margin = (end - begin) * 0.05;
    showStretch(begin - margin, end + margin);
}

void TimelineView::showStretch(double begin, double end) {
    axis_.show(begin, end);
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

void TimelineView::scrollLanes(int y) {
    if (layout_.scrollTo(y)) invalidateAll();
}

void TimelineView::showDrag(DragPicture picture) {
    picture_ = std::move(picture);
    updateShown();
    update();
}

void TimelineView::updateShown() {
    TimelineContent wanted = content_;
    if (picture_.mask) wanted.mask = *picture_.mask;
    if (picture_.transcript) wanted.transcript = picture_.transcript;
    if (picture_.threshold) {
        wanted.threshold = *picture_.threshold;
        wanted.preview = maskOfScore(*this, wanted.threshold);
    }
    if (picture_.marker && picture_.markerIndex < wanted.markers.size()) {
        wanted.markers[picture_.markerIndex] = *picture_.marker;
    }
    const ContentDifference difference = differenceOf(shown_, wanted);
    const bool curves = wanted.semantic != shown_.semantic ||
                        wanted.importance != shown_.importance ||
                        wanted.difference != shown_.difference;
    const bool preview = wanted.preview != shown_.preview;
    const bool mask = difference.maskColumns || wanted.framesPerToken != shown_.framesPerToken;
    if (!difference.lanes.empty()) update(playheadRegion(scene()));
    shown_ = std::move(wanted);
    if (curves) index_.readCurves(shown_);
    if (mask) index_.readMask(shown_.mask, shown_.framesPerToken);
    if (preview) index_.readPreview(shown_.preview);
    invalidate(difference);
}

void TimelineView::invalidate(const ContentDifference& difference) {
    if (difference.nothing()) return;
    if (difference.layout) {
        layout_.setTakes(shown_.takes.size());
        layout_.setCompared(shown_.compared);
        updateGeometry();
        return invalidateAll();
    }
    QRegion region;
    if (difference.ruler) region += layout_.ruler();
    for (const LaneRow& row : layout_.rows()) {
        if (difference.lanes.has(row.id)) region += row.place;
    }
    if (difference.maskColumns) {
        const LaneScene shown = scene();
        // The label stands at the left of a block that may begin long before.
        const int margin = static_cast<int>(shown.pixelsPerFrame() * (shown_.blendMargin + 8)) + 2;
        const int left = static_cast<int>(shown.xOf(difference.maskColumns->begin)) - margin;
        const int right = static_cast<int>(shown.xOf(difference.maskColumns->end)) + margin;
        for (const LaneRow& row : layout_.rows()) {
            const auto part = partOf(row.id);
            if (!part) continue;
            int from = left;
            const auto& runs = index_.runs[*part];
            const std::size_t run = firstRangeAfter(runs, difference.maskColumns->begin + -1);
            if (run < runs.size())
                from = std::min(from, static_cast<int>(shown.xOf(runs[run].begin)));
            region +=
                QRect(QPoint(from - margin, row.place.top()), QPoint(right, row.place.bottom()));
            region += layout_.headerOf(row.place);
        }
        region += layout_.wholeClip();
    }
    invalidate(region);
}

void TimelineView::invalidate(const QRegion& region) {
    stale_ += region;
    update(region);
    update(shownPlayhead_);
}

void TimelineView::invalidateAll() {
    stale_ = rect();
    update();
}

void TimelineView::onChanged(DocumentChanges changes) {
    if (changes.testFlag(DocumentChange::Motion) || changes.testFlag(DocumentChange::Audio)) {
        if (document_.hasClip()) axis_.setDuration(document_.duration(), document_.rate());
        setSelection({});
        invalidateAll();
        axisMoved();
        Q_EMIT contentChanged();
    } else if (changes & ~DocumentChanges(DocumentChange::Playhead)) {
        invalidateAll();
    }
    if (!changes.testFlag(DocumentChange::Playhead)) return;
    if (QAccessible::isActive()) {
        QAccessibleValueChangeEvent moved(this, static_cast<qlonglong>(document_.frame().value));
        QAccessible::updateAccessibility(&moved);
    }
    const bool turned = !drag_ && axis_.follow(document_.playhead());
    turned ? axisMoved() : repaintPlayhead();
}

void TimelineView::axisMoved() {
    invalidate(QRegion(layout_.contentOf(rect())));
    update();
    Q_EMIT axisChanged();
}

void TimelineView::repaintPlayhead() {
    if (document_.frame() == shownFrame_) return;
    update(shownPlayhead_);
    update(playheadRegion(scene()));
}

void TimelineView::renderLanes(const LaneScene& shown) {
    const QSize pixels = size() * shown.ratio;
    if (lanes_.size() != pixels || lanes_.devicePixelRatio() != shown.ratio) {
        lanes_ = QPixmap(pixels);
        lanes_.setDevicePixelRatio(shown.ratio);
        lanes_.fill(theme_->bg1);
        stale_ = rect();
    }
    if (stale_.isEmpty()) return;
    QPainter painter(&lanes_);
    // Few wide strips cost less than many small ones.
    constexpr int kMostParts = 8;
    const QRegion parts = stale_.rectCount() > kMostParts ? QRegion(stale_.boundingRect()) : stale_;
    for (const QRect& part : parts) {
        LaneScene narrowed = shown;
        narrowed.clip = part.intersected(rect());
        if (narrowed.clip.isEmpty()) continue;
        painter.setClipRect(narrowed.clip);
        paintLanes(painter, narrowed);
    }
    stale_ = QRegion();
}

void TimelineView::paintEvent(QPaintEvent* event) {
    const LaneScene shown = scene();
    renderLanes(shown);
    QPainter painter(this);
    painter.setClipRegion(event->region());
    painter.drawPixmap(0, 0, lanes_);
    paintOverlay(painter, shown, picture_);
    painter.setClipRegion(event->region());
    paintPlayhead(painter, shown);
    shownFrame_ = document_.frame();
    shownPlayhead_ = playheadRegion(shown);
}

void TimelineView::resizeEvent(QResizeEvent*) {
    layout_.setSize(size());
    axis_.setPixels(layout_.density().header + kPadding, width() - kPadding);
    axisMoved();
}

} // namespace gesture::app
