// SPDX-License-Identifier: Apache-2.0
// Drags that change the mask.
#include "app/studio/timeline/timeline_text.h"
#include "app/studio/timeline/timeline_view.h"
#include "app/studio/timeline/tools/drag_kinds.h"
#include "app/studio/timeline/tools/mask_edits.h"
#include "app/studio/timeline/tools/snapping.h"

#include <algorithm>
#include <utility>

namespace gesture::app {

namespace {

/// Tells of every new mask under one gesture number.
class MaskDrag : public Drag {
public:
    MaskDrag(TimelineView& view, QString name)
        : view_(view)
        , before_(view.mask())
        , after_(before_)
        , runs_(runsOf(before_))
        , name_(std::move(name))
        , gesture_(view.beginGesture()) {}

    void finish() override {
        if (told_) Q_EMIT view_.maskStroke(after_, name_, gesture_, true);
    }
    void cancel() override {
        if (told_) Q_EMIT view_.maskStroke(before_, name_, gesture_, true);
    }

protected:
    [[nodiscard]] TimelineView& view() const { return view_; }
    [[nodiscard]] const inference::EditMask& before() const { return before_; }
    [[nodiscard]] const inference::EditMask& after() const { return after_; }

    void snapTo(const inference::EditMask& mask) { runs_ = runsOf(mask); }
    void tell(inference::EditMask after, std::optional<SnapGuide> guide) {
        DragPicture picture;
        picture.mask = after;
        picture.guide = std::move(guide);
        view_.showDrag(std::move(picture));
        if (after == after_) return;
        after_ = std::move(after);
        told_ = true;
        Q_EMIT view_.maskStroke(after_, name_, gesture_, false);
    }
    /// A drag does not snap to what it makes, but to the mask from before it.
    [[nodiscard]] SnapRules rules(Qt::KeyboardModifiers keys) const {
        SnapRules rules;
        rules.cells = view_.settings().cells;
        rules.runs = &runs_;
        rules.targets = view_.settings().snap && !keys.testFlag(Qt::AltModifier);
        return rules;
    }

private:
    static inference::PerPart<std::vector<FrameRange>> runsOf(const inference::EditMask& mask) {
        inference::PerPart<std::vector<FrameRange>> runs;
        for (const motion::BodyPart part : kBodyParts) {
            runs[part] = mask.runs(part);
        }
        return runs;
    }

    TimelineView& view_;
    inference::EditMask before_;
    inference::EditMask after_;
    inference::PerPart<std::vector<FrameRange>> runs_;
    QString name_;
    quint64 gesture_;
    bool told_ = false;
};

bool erases(const TimelineView& view, Qt::KeyboardModifiers keys) {
    const bool other = keys.testFlag(Qt::ControlModifier);
    return (view.settings().tool == TimelineTool::Erase) != other;
}

/// A click without a drag is for the frame under the pointer.
FrameRange betweenEdges(const LaneScene& scene, const SnapGuide& from, const SnapGuide& to,
                        double x) {
    const FrameRange range{std::min(from.frame, to.frame), std::max(from.frame, to.frame)};
    if (!range.empty()) return range;
    const std::int64_t last = scene.document.frameCount() - 1;
    const FrameIndex frame{std::clamp<std::int64_t>(scene.frameAt(x).value, 0, last)};
    return {frame, frame + 1};
}

class StrokeDrag final : public MaskDrag {
public:
    StrokeDrag(TimelineView& view, const DragPoint& point)
        : MaskDrag(view, erases(view, point.keys) ? Timeline::tr("Erase mask")
                                                  : Timeline::tr("Paint mask"))
        , erase_(erases(view, point.keys))
        , allParts_(point.keys.testFlag(Qt::ShiftModifier))
        , last_(snapAt(view.scene(), point.place.x(), rules(point.keys))) {
        move(point);
    }

    void move(const DragPoint& point) override {
        const LaneScene scene = view().scene();
        const SnapGuide edge = snapAt(scene, point.place.x(), rules(point.keys));
        FrameRange range = betweenEdges(scene, last_, edge, point.place.x());
        if (view().settings().cells) range = wholeCells(scene, range);
        const LaneRow* const row =
            view().laneLayout().nearestRow(static_cast<int>(point.place.y()));
        const LaneSet lanes = row != nullptr ? LaneSet{row->id} : LaneSet{};
        const inference::PartSet parts = strokeParts(view(), lanes, allParts_);
        if (parts == inference::PartSet{}) {
            Q_EMIT view().hinted(Timeline::tr("This part is locked. Its lock is in the header."));
            return;
        }
        inference::EditMask mask = after();
        erase_ ? mask.erase(range, parts) : mask.paint(range, parts);
        last_ = edge;
        tell(std::move(mask), edge);
    }

private:
    bool erase_;
    bool allParts_;
    SnapGuide last_;
};

class RectangleDrag final : public MaskDrag {
public:
    RectangleDrag(TimelineView& view, const DragPoint& point)
        : MaskDrag(view, erases(view, point.keys) ? Timeline::tr("Erase a range")
                                                  : Timeline::tr("Mask a range"))
        , erase_(erases(view, point.keys))
        , allParts_(point.keys.testFlag(Qt::ShiftModifier))
        , from_(snapAt(view.scene(), point.place.x(), rules(point.keys))) {
        const LaneRow* const row = view.laneLayout().nearestRow(static_cast<int>(point.place.y()));
        if (row != nullptr) first_ = row->id;
        move(point);
    }

    void move(const DragPoint& point) override {
        const LaneScene scene = view().scene();
        const SnapGuide edge = snapAt(scene, point.place.x(), rules(point.keys));
        const LaneRow* const row =
            view().laneLayout().nearestRow(static_cast<int>(point.place.y()));
        band_.range = betweenEdges(scene, from_, edge, point.place.x());
        if (view().settings().cells) band_.range = wholeCells(scene, band_.range);
        band_.lanes = view().laneLayout().between(first_, row != nullptr ? row->id : first_);
        DragPicture picture;
        picture.band = band_;
        picture.guide = edge;
        view().showDrag(std::move(picture));
    }
    void finish() override {
        inference::EditMask mask = before();
        const inference::PartSet parts = strokeParts(view(), band_.lanes, allParts_);
        erase_ ? mask.erase(band_.range, parts) : mask.paint(band_.range, parts);
        tell(std::move(mask), std::nullopt);
        MaskDrag::finish();
    }
    void cancel() override {}

private:
    bool erase_;
    bool allParts_;
    SnapGuide from_;
    LaneId first_ = LaneId::Speech;
    TimelineSelection band_;
};

class BlockDrag final : public MaskDrag {
public:
    BlockDrag(TimelineView& view, const Hit& hit, const DragPoint& point)
        : MaskDrag(view, hit.zone == Zone::Block ? Timeline::tr("Move mask block")
                                                 : Timeline::tr("Resize mask block"))
        , hit_(hit)
        , copy_(point.keys.testFlag(Qt::ControlModifier))
        , held_(point.place.x())
        , grip_(view.scene().xOf(hit.block.begin)) {
        part_[*partOf(hit.lane)] = true;
        chosen_ = hit.block;
        inference::EditMask others = before();
        others.erase(hit.block, part_);
        snapTo(others);
        view.setCurrentLane(hit.lane);
        view.setSelection({hit.block, {hit.lane}});
    }

    void move(const DragPoint& point) override {
        constexpr double kStart = 3;
        if (!moved_ && std::abs(point.place.x() - held_) < kStart) return;
        moved_ = true;
        const SnapRules snap = rules(point.keys);
        inference::EditMask mask = before();
        if (!copy_ || hit_.zone != Zone::Block) mask.erase(hit_.block, part_);
        SnapGuide guide;
        chosen_ = hit_.zone == Zone::Block ? movedBlock(point, snap, guide)
                                           : resizedBlock(point, snap, guide);
        mask.paint(chosen_, part_);
        tell(std::move(mask), guide);
        view().setSelection({chosen_, {hit_.lane}});
    }
    void cancel() override {
        view().setSelection({hit_.block, {hit_.lane}});
        MaskDrag::cancel();
    }

private:
    FrameRange resizedBlock(const DragPoint& point, const SnapRules& snap, SnapGuide& guide) const {
        guide = snapAt(view().scene(), point.place.x(), snap);
        FrameRange block = hit_.block;
        if (hit_.zone == Zone::BlockBegin) {
            block.begin.value = std::min(guide.frame.value, block.end.value - 1);
        } else {
            block.end.value = std::max(guide.frame.value, block.begin.value + 1);
        }
        return block;
    }

    /// Snaps by its begin.
    FrameRange movedBlock(const DragPoint& point, const SnapRules& snap, SnapGuide& guide) const {
        const LaneScene scene = view().scene();
        guide = snapAt(scene, grip_ + point.place.x() - held_, snap);
        const std::int64_t length = hit_.block.length();
        const std::int64_t last = scene.document.frameCount() - length;
        const FrameIndex begin{std::clamp<std::int64_t>(guide.frame.value, 0, last)};
        guide.frame = begin;
        return {begin, begin + length};
    }

    Hit hit_;
    bool copy_;
    double held_;
    double grip_; ///< x of the block's begin at the press.
    inference::PartSet part_;
    FrameRange chosen_;
    bool moved_ = false;
};

} // namespace

std::unique_ptr<Drag> strokeDrag(TimelineView& view, const DragPoint& point) {
    return std::make_unique<StrokeDrag>(view, point);
}

std::unique_ptr<Drag> rectangleDrag(TimelineView& view, const DragPoint& point) {
    return std::make_unique<RectangleDrag>(view, point);
}

std::unique_ptr<Drag> blockDrag(TimelineView& view, const Hit& hit, const DragPoint& point) {
    return std::make_unique<BlockDrag>(view, hit, point);
}

} // namespace gesture::app
