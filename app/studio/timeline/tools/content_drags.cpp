// SPDX-License-Identifier: Apache-2.0
// Drags of the selection, words, the threshold and markers.
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/timeline_text.h"
#include "app/studio/timeline/timeline_view.h"
#include "app/studio/timeline/tools/drag_kinds.h"
#include "app/studio/timeline/tools/snapping.h"
#include "app/studio/timeline/tools/word_edits.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gesture::app {

namespace {

constexpr double kStart = 3; ///< Less is a click.

SnapRules rulesOf(const TimelineView& view, Qt::KeyboardModifiers keys) {
    SnapRules rules;
    rules.targets = view.settings().snap && !keys.testFlag(Qt::AltModifier);
    return rules;
}

class SelectDrag final : public Drag {
public:
    SelectDrag(TimelineView& view, const Hit& hit, const DragPoint& point)
        : view_(view)
        , hit_(hit)
        , held_(point.place)
        , before_(view.selection())
        , extends_(point.keys.testFlag(Qt::ShiftModifier)) {
        const LaneRow* const row = view.laneLayout().nearestRow(static_cast<int>(point.place.y()));
        if (row != nullptr) first_ = row->id;
        from_ = snapAt(view.scene(), point.place.x(), rulesOf(view, point.keys)).frame;
        if (!extends_) return;
        moved_ = true;
        // The end that is farther away stays.
        const FrameRange range =
            before_.empty() ? FrameRange{view.document().frame(), from_} : before_.range;
        const bool early = std::abs(from_ - range.begin) < std::abs(from_ - range.end);
        from_ = !before_.empty() && early ? range.end : range.begin;
        move(point);
    }

    void move(const DragPoint& point) override {
        if (!moved_ && (point.place - held_).manhattanLength() < kStart) return;
        moved_ = true;
        const SnapGuide edge = snapAt(view_.scene(), point.place.x(), rulesOf(view_, point.keys));
        TimelineSelection selection;
        selection.range = {std::min(from_, edge.frame), std::max(from_, edge.frame)};
        if (selection.range.empty()) selection.range.end = selection.range.begin + 1;
        const LaneRow* const row = view_.laneLayout().nearestRow(static_cast<int>(point.place.y()));
        selection.lanes = view_.laneLayout().between(first_, row != nullptr ? row->id : first_);
        if (extends_) selection.lanes.unite(before_.lanes);
        view_.setSelection(selection);
        DragPicture picture;
        picture.guide = edge;
        view_.showDrag(std::move(picture));
    }
    void finish() override {
        if (!moved_) click();
    }
    void cancel() override { view_.setSelection(before_); }

private:
    void click() {
        if (hit_.zone == Zone::BlockBegin || hit_.zone == Zone::BlockEnd ||
            hit_.zone == Zone::Block) {
            return view_.setSelection({hit_.block, {hit_.lane}});
        }
        view_.setSelection({});
        view_.setCurrentLane(hit_.zone == Zone::BelowLanes ? std::nullopt
                                                           : std::optional(hit_.lane));
        if (hit_.zone == Zone::Take) {
            const auto take = takeOf(hit_.lane);
            Q_EMIT view_.takeChosen(view_.content().takes[*take].id);
        } else if (hit_.zone == Zone::Word) {
            const auto& word = view_.content().transcript->words[hit_.index];
            view_.document().goToFrame(framesOf(word, view_.document().rate()).begin);
            Q_EMIT view_.wordChosen(static_cast<int>(hit_.index));
        } else {
            view_.document().goToFrame(view_.axis().nearestFrame(held_.x()));
        }
    }

    TimelineView& view_;
    Hit hit_;
    QPointF held_;
    TimelineSelection before_;
    LaneId first_ = LaneId::Speech;
    FrameIndex from_;
    bool extends_;
    bool moved_ = false;
};

class WordDrag final : public Drag {
public:
    WordDrag(TimelineView& view, const Hit& hit)
        : view_(view)
        , hit_(hit)
        , before_(view.content().transcript)
        , after_(before_)
        , gesture_(view.beginGesture()) {}

    void move(const DragPoint& point) override {
        const LaneScene scene = view_.scene();
        SnapRules rules = rulesOf(view_, point.keys);
        rules.ownWord = hit_.index;
        const SnapGuide guide = snapAt(scene, point.place.x(), rules);
        // Between frames without Alt as well: speech does not know of frames.
        const bool named = !guide.name.isEmpty();
        const Seconds time =
            named ? scene.document.rate().timeOf(guide.frame) : scene.axis.timeAt(point.place.x());
        const WordEdge edge = hit_.zone == Zone::WordBegin ? WordEdge::Begin : WordEdge::End;
        auto moved = std::make_shared<const audio::Transcript>(
            withMovedEdge(*before_, hit_.index, edge, time));
        DragPicture picture;
        picture.transcript = moved;
        picture.guide = guide;
        view_.showDrag(std::move(picture));
        if (*moved == *after_) return;
        after_ = std::move(moved);
        Q_EMIT view_.wordsMoved(*after_, name(), gesture_, false);
    }
    void finish() override {
        if (after_ != before_) Q_EMIT view_.wordsMoved(*after_, name(), gesture_, true);
    }
    void cancel() override {
        if (after_ != before_) Q_EMIT view_.wordsMoved(*before_, name(), gesture_, true);
    }

private:
    [[nodiscard]] static QString name() { return Timeline::tr("Move word boundary"); }

    TimelineView& view_;
    Hit hit_;
    std::shared_ptr<const audio::Transcript> before_;
    std::shared_ptr<const audio::Transcript> after_;
    quint64 gesture_;
};

class ThresholdDrag final : public Drag {
public:
    explicit ThresholdDrag(TimelineView& view)
        : view_(view)
        , before_(view.content().threshold)
        , after_(before_) {}

    void move(const DragPoint& point) override {
        const LaneRow* const row = view_.laneLayout().find(LaneId::Semantic);
        if (row == nullptr) return;
        constexpr double kSteps = 100; // as it is shown
        const double wanted = scoreAt(view_.laneLayout().contentOf(row->place), point.place.y());
        after_ = std::round(wanted * kSteps) / kSteps;
        told_ = true;
        DragPicture picture;
        picture.threshold = after_;
        view_.showDrag(std::move(picture));
        Q_EMIT view_.thresholdDragged(after_, false);
    }
    void finish() override {
        if (told_) Q_EMIT view_.thresholdDragged(after_, true);
    }
    void cancel() override {
        if (told_) Q_EMIT view_.thresholdDragged(before_, true);
    }

private:
    TimelineView& view_;
    double before_;
    double after_;
    bool told_ = false;
};

class MarkerDrag final : public Drag {
public:
    MarkerDrag(TimelineView& view, std::size_t marker, const DragPoint& point)
        : view_(view)
        , index_(marker)
        , before_(view.content().markers[marker])
        , after_(before_.frame)
        , held_(point.place.x())
        , grip_(view.scene().xOf(before_.frame))
        , gesture_(view.beginGesture()) {}

    void move(const DragPoint& point) override {
        if (!moved_ && std::abs(point.place.x() - held_) < kStart) return;
        moved_ = true;
        SnapRules rules = rulesOf(view_, point.keys);
        rules.ownMarker = index_;
        const SnapGuide guide = snapAt(view_.scene(), grip_ + point.place.x() - held_, rules);
        const FrameIndex last{std::max<std::int64_t>(view_.document().frameCount() - 1, 0)};
        const FrameIndex frame = std::min(guide.frame, last);
        DragPicture picture;
        picture.marker = TimelineMarker{frame, before_.name};
        picture.markerIndex = index_;
        picture.guide = guide;
        view_.showDrag(std::move(picture));
        if (frame == after_) return;
        after_ = frame;
        Q_EMIT view_.markerMoved(static_cast<int>(index_), after_, gesture_, false);
    }
    void finish() override {
        if (moved_)
            Q_EMIT view_.markerMoved(static_cast<int>(index_), after_, gesture_, true);
        else
            view_.document().goToFrame(before_.frame);
    }
    void cancel() override {
        if (moved_) {
            Q_EMIT view_.markerMoved(static_cast<int>(index_), before_.frame, gesture_, true);
        }
    }

private:
    TimelineView& view_;
    std::size_t index_;
    TimelineMarker before_;
    FrameIndex after_;
    double held_;
    double grip_;
    quint64 gesture_;
    bool moved_ = false;
};

} // namespace

std::unique_ptr<Drag> selectDrag(TimelineView& view, const Hit& hit, const DragPoint& point) {
    return std::make_unique<SelectDrag>(view, hit, point);
}

std::unique_ptr<Drag> wordDrag(TimelineView& view, const Hit& hit) {
    return std::make_unique<WordDrag>(view, hit);
}

std::unique_ptr<Drag> thresholdDrag(TimelineView& view) {
    return std::make_unique<ThresholdDrag>(view);
}

std::unique_ptr<Drag> markerDrag(TimelineView& view, std::size_t marker, const DragPoint& point) {
    return std::make_unique<MarkerDrag>(view, marker, point);
}

} // namespace gesture::app
