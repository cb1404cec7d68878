// SPDX-License-Identifier: Apache-2.0
// Drags that change what is in view, or the document's playhead and range.
#include "app/studio/timeline/lanes/whole_clip_lane.h"
#include "app/studio/timeline/timeline_view.h"
#include "app/studio/timeline/tools/drag_kinds.h"
#include "app/studio/timeline/tools/snapping.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

class ScrubDrag final : public Drag {
public:
    ScrubDrag(TimelineView& view, const DragPoint& point)
        : view_(view) {
        Q_EMIT view_.scrubbing(true);
        view_.document().goToFrame(view_.axis().nearestFrame(point.place.x()));
    }
    void move(const DragPoint& point) override {
        view_.document().goToFrame(view_.axis().nearestFrame(point.place.x()));
    }
    void finish() override { Q_EMIT view_.scrubbing(false); }
    void cancel() override { Q_EMIT view_.scrubbing(false); }

private:
    TimelineView& view_;
};

class RangeDrag final : public Drag {
public:
    RangeDrag(TimelineView& view, Zone zone, const DragPoint& point)
        : view_(view)
        , zone_(zone)
        , before_(*view.document().range())
        , held_(view.axis().nearestFrame(point.place.x())) {}

    void move(const DragPoint& point) override {
        Document& document = view_.document();
        SnapRules rules;
        rules.range = false;
        rules.targets =
            view_.settings().snap && !point.keys.testFlag(Qt::AltModifier) && zone_ != Zone::Band;
        const SnapGuide guide = snapAt(view_.scene(), point.place.x(), rules);
        FrameRange range = before_;
        if (zone_ == Zone::In) {
            range.begin.value = std::min(guide.frame.value, range.end.value - 1);
        } else if (zone_ == Zone::Out) {
            range.end.value = std::max(guide.frame.value, range.begin.value + 1);
        } else {
            const std::int64_t moved = view_.axis().nearestFrame(point.place.x()) - held_;
            const std::int64_t length = range.length();
            range.begin.value = std::clamp<std::int64_t>(range.begin.value + moved, 0,
                                                         document.frameCount() - length);
            range.end = range.begin + length;
        }
        document.setRange(range);
        DragPicture picture;
        const FrameIndex edge = zone_ == Zone::In ? range.begin : range.end;
        if (edge == guide.frame && rules.targets) picture.guide = guide;
        view_.showDrag(std::move(picture));
    }
    void cancel() override { view_.document().setRange(before_); }

private:
    TimelineView& view_;
    Zone zone_;
    FrameRange before_;
    FrameIndex held_;
};

class PanDrag final : public Drag {
public:
    PanDrag(TimelineView& view, const DragPoint& point)
        : view_(view)
        , held_(point.place)
        , begin_(view.axis().begin())
        , end_(view.axis().end())
        , scroll_(view.laneLayout().scroll()) {
        view_.setCursor(Qt::ClosedHandCursor);
    }

    void move(const DragPoint& point) override {
        const QPointF moved = point.place - held_;
        const double width = view_.axis().right() - view_.axis().left();
        if (point.keys.testFlag(Qt::ControlModifier)) {
            constexpr double kPerPixel = 0.008;
            const double factor = std::exp(-moved.x() * kPerPixel);
            const double part = (held_.x() - view_.axis().left()) / width;
            const double anchor = begin_ + part * (end_ - begin_);
            view_.showStretch(anchor - (anchor - begin_) * factor,
                              anchor + (end_ - anchor) * factor);
            return;
        }
        const double seconds = moved.x() / width * (end_ - begin_);
        view_.showStretch(begin_ - seconds, end_ - seconds);
        view_.scrollLanes(scroll_ - static_cast<int>(moved.y()));
    }

private:
    TimelineView& view_;
    QPointF held_;
    double begin_;
    double end_;
    int scroll_;
};

class BoxDrag final : public Drag {
public:
    BoxDrag(TimelineView& view, Zone zone, const DragPoint& point)
        : view_(view)
        , zone_(zone)
        , held_(wholeClipTime(view.scene(), point.place.x()).value) {
        if (zone_ == Zone::Box && !viewBox(view_.scene()).contains(point.place)) {
            const double half = view_.axis().span() / 2;
            view_.showStretch(held_ - half, held_ + half);
        }
        begin_ = view_.axis().begin();
        end_ = view_.axis().end();
    }

    void move(const DragPoint& point) override {
        const double moved = wholeClipTime(view_.scene(), point.place.x()).value - held_;
        const double begin = zone_ != Zone::BoxEnd ? begin_ + moved : begin_;
        const double end = zone_ != Zone::BoxBegin ? end_ + moved : end_;
        if (end > begin) view_.showStretch(begin, end);
    }

private:
    TimelineView& view_;
    Zone zone_;
    double held_;
    double begin_ = 0;
    double end_ = 0;
};

class HeaderDrag final : public Drag {
public:
    HeaderDrag(TimelineView& view, LaneId lane, const DragPoint& point)
        : view_(view)
        , lane_(lane)
        , held_(point.place) {
        view_.setCurrentLane(lane);
    }

    void move(const DragPoint& point) override {
        constexpr double kStart = 6;
        if (!moved_ && std::abs(point.place.y() - held_.y()) < kStart) return;
        moved_ = true;
        target_ = view_.laneLayout().dropIndex(static_cast<int>(point.place.y()));
        DragPicture picture;
        picture.drop = target_;
        view_.setCursor(Qt::ClosedHandCursor);
        view_.showDrag(std::move(picture));
    }
    void finish() override {
        if (moved_) {
            view_.setArrangement(view_.laneLayout().moved(lane_, target_));
            Q_EMIT view_.arrangementChanged();
        } else if (const auto take = takeOf(lane_)) {
            if (*take < view_.content().takes.size()) {
                Q_EMIT view_.takeChosen(view_.content().takes[*take].id);
            }
        }
    }

private:
    TimelineView& view_;
    LaneId lane_;
    QPointF held_;
    bool moved_ = false;
    std::size_t target_ = 0;
};

} // namespace

std::unique_ptr<Drag> scrubDrag(TimelineView& view, const DragPoint& point) {
    return std::make_unique<ScrubDrag>(view, point);
}

std::unique_ptr<Drag> rangeDrag(TimelineView& view, Zone zone, const DragPoint& point) {
    return std::make_unique<RangeDrag>(view, zone, point);
}

std::unique_ptr<Drag> panDrag(TimelineView& view, const DragPoint& point) {
    return std::make_unique<PanDrag>(view, point);
}

std::unique_ptr<Drag> boxDrag(TimelineView& view, Zone zone, const DragPoint& point) {
    return std::make_unique<BoxDrag>(view, zone, point);
}

std::unique_ptr<Drag> headerDrag(TimelineView& view, LaneId lane, const DragPoint& point) {
    return std::make_unique<HeaderDrag>(view, lane, point);
}

} // namespace gesture::app
