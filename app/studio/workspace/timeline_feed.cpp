// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/timeline_feed.h"

#include "app/studio/workspace/take_words.h"

#include <algorithm>

namespace gesture::app {

namespace {

/// All lanes but one.
LaneSet othersThan(LaneId lane) {
    LaneSet set = LaneSet::fromBits(~std::uint32_t{0});
    set.set(lane, false);
    return set;
}

} // namespace

TimelineFeed::TimelineFeed(StudioSession& session, TimelineView& timeline, QObject* parent)
    : QObject(parent)
    , session_(session)
    , timeline_(timeline)
    , difference_(new TakeDifference(executor_, this)) {
    connect(difference_, &TakeDifference::found, this, &TimelineFeed::refresh);
    connectMask();
    connectWords();
    connectMarkers();
    connectTakes();
    connectHeaders();
    connect(&session_, &StudioSession::changed, this, &TimelineFeed::refresh);
    connect(&session_, &StudioSession::jobsChanged, this, &TimelineFeed::refresh);
    refresh();
}

void TimelineFeed::showPreview(const std::optional<inference::EditMask>& mask) {
    if (mask == preview_) return;
    preview_ = mask;
    refresh();
}

project::Gesture TimelineFeed::gestureFor(quint64 number) {
    if (number == 0) return {};
    if (number != gestureNumber_) {
        gestureNumber_ = number;
        gesture_ = session_.newGesture();
    }
    return gesture_;
}

void TimelineFeed::step(const project::Command& command, quint64 gesture, bool finished) {
    session_.apply(command, gestureFor(gesture));
    if (finished) session_.endGesture();
}

void TimelineFeed::connectMask() {
    connect(&timeline_, &TimelineView::maskStroke, this,
            [this](const inference::EditMask& after, const QString& name, quint64 gesture,
                   bool finished) {
                step(project::SetMask{after, name.toStdString()}, gesture, finished);
            });
    connect(&timeline_, &TimelineView::thresholdDragged, this,
            [this](double threshold, bool finished) {
                project::Thresholds thresholds = session_.state().thresholds;
                thresholds.semantic = threshold;
                constexpr quint64 kThreshold = ~0ULL; // a drag of its own kind
                step(project::SetThresholds{thresholds}, kThreshold, finished);
                if (finished) gestureNumber_ = 0;
            });
}

void TimelineFeed::connectWords() {
    connect(
        &timeline_, &TimelineView::wordsMoved, this,
        [this](const audio::Transcript& after, const QString&, quint64 gesture, bool finished) {
            step(project::SetTranscript{after, session_.state().wordsSource}, gesture, finished);
        });
    connect(&timeline_, &TimelineView::wordRenamed, this, [this](int word, const QString& text) {
        session_.apply(project::RenameWord{static_cast<std::size_t>(word), text.toStdString()});
    });
    connect(&timeline_, &TimelineView::offerClicked, this, [this](LaneOffer offer) {
        if (offer == LaneOffer::ImportWords)
            Q_EMIT wordsWanted();
        else if (offer == LaneOffer::ComputeScore || offer == LaneOffer::ComputeAttention)
            session_.analyse();
    });
}

void TimelineFeed::connectMarkers() {
    const auto markerAt = [this](int index) {
        const auto& markers = session_.state().markers;
        const auto at = static_cast<std::size_t>(index);
        return at < markers.size() ? markers[at] : project::Marker{};
    };
    connect(&timeline_, &TimelineView::markerAdded, this, [this](FrameIndex frame) {
        session_.apply(project::PutMarker{{{}, frame, {}}});
    });
    connect(&timeline_, &TimelineView::markerMoved, this,
            [this, markerAt](int index, FrameIndex frame, quint64 gesture, bool finished) {
                project::Marker marker = markerAt(index);
                if (!marker.id) return;
                marker.frame = frame;
                step(project::PutMarker{marker}, gesture, finished);
            });
    connect(&timeline_, &TimelineView::markerRenamed, this,
            [this, markerAt](int index, const QString& name) {
                project::Marker marker = markerAt(index);
                if (!marker.id) return;
                marker.name = name.toStdString();
                session_.apply(project::PutMarker{marker});
            });
    connect(&timeline_, &TimelineView::markerRemoved, this, [this, markerAt](int index) {
        if (const project::Marker marker = markerAt(index); marker.id)
            session_.apply(project::RemoveMarker{marker.id});
    });
    connect(&timeline_, &TimelineView::segmentAdded, this, [this](const FrameRange& range) {
        const auto number = session_.state().segments.size() + 1;
        session_.apply(
            project::PutSegment{{{}, range, tr("Segment %1").arg(number).toStdString()}});
    });
}

void TimelineFeed::connectTakes() {
    connect(&timeline_, &TimelineView::takeChosen, this,
            [this](qint64 take) { session_.showAsA({take}); });
    connect(&timeline_, &TimelineView::takeBadgeClicked, this,
            [this](qint64 take) { session_.compareAsB({take}); });
}

void TimelineFeed::connectHeaders() {
    // With Alt: this lane alone is seen, is open to strokes, or is worked on; again: all are.
    const auto keep = [this](LaneSet TimelineFeed::*set, bool marksOthers) {
        return [this, set, marksOthers](LaneId lane, bool only) {
            LaneSet& lanes = this->*set;
            const LaneSet alone = marksOthers ? othersThan(lane) : LaneSet{lane};
            if (only)
                lanes = lanes == alone ? LaneSet() : alone;
            else
                lanes.toggle(lane);
            refresh();
        };
    };
    connect(&timeline_, &TimelineView::laneEyeClicked, this, keep(&TimelineFeed::eyesOff_, true));
    connect(&timeline_, &TimelineView::laneLockClicked, this, keep(&TimelineFeed::locked_, true));
    connect(&timeline_, &TimelineView::laneSoloClicked, this, keep(&TimelineFeed::solo_, false));
}

std::vector<TakeRow> TimelineFeed::rows() const {
    const project::ProjectState& state = session_.state();
    const project::Take* const a = session_.takeA();
    std::vector<TakeRow> rows;
    for (const project::Take& take : state.takes) {
        if (take.deleted) continue;
        TakeRow row;
        row.id = take.id.value;
        row.name = QString::fromStdString(take.name);
        row.recipe = recipeText(take);
        row.frames = take.frames;
        row.starred = take.starred;
        if (session_.outOfDate(take)) row.outOfDate = tr("The words are others now.");
        for (const project::EditedRange& edited : take.edited)
            row.edits.push_back({edited.range, tr("Regenerated")});
        if (a != nullptr && take.id == a->id) row.badge = TakeBadge::A;
        if (row.badge == TakeBadge::None && take.id == state.choice.b) row.badge = TakeBadge::B;
        rows.push_back(std::move(row));
    }
    // The compared ones above, the newest of the others below them.
    std::ranges::reverse(rows);
    std::ranges::stable_sort(rows, {}, [](const TakeRow& row) {
        return row.badge == TakeBadge::A ? 0 : row.badge == TakeBadge::B ? 1 : 2;
    });
    if (!rows.empty() && !session_.jobs().empty() &&
        session_.jobs().front().kind == EngineRequest::Kind::Edit) {
        const Progress& progress = session_.jobs().front().progress;
        const double done = progress.total > 0 ? static_cast<double>(progress.done) /
                                                     static_cast<double>(progress.total)
                                               : 0.0;
        const auto runs = state.mask->runs();
        if (!runs.empty())
            rows.front().progress = TakeProgress{{runs.front().begin, runs.back().end},
                                                 done,
                                                 tr("Regenerating %1 %").arg(qRound(100 * done))};
    }
    return rows;
}

LaneOffers TimelineFeed::offers(const TimelineContent& content) const {
    LaneOffers offers;
    if (!content.hasWords()) offers |= LaneOffer::ImportWords;
    const BundleChoice* const bundle = session_.bundle();
    if (!session_.networkObstacle().isEmpty() || session_.takeA() == nullptr) return offers;
    if (bundle->architecture == io::Architecture::SemTalk && !content.hasScore())
        offers |= LaneOffer::ComputeScore;
    if (bundle->architecture == io::Architecture::EchoMask && !content.hasImportance())
        offers |= LaneOffer::ComputeAttention;
    return offers;
}

void TimelineFeed::refresh() {
    const project::ProjectState& state = session_.state();
    TimelineContent content;
    if (!state.transcript->words.empty()) content.transcript = state.transcript.pointer();
    const project::Take* const a = session_.takeA();
    const auto analysis = a == nullptr ? nullptr : session_.analysisOf(*a);
    if (analysis && !analysis->semantic().score.empty())
        content.semantic = {analysis, &analysis->semantic()};
    content.importance = curves_.curvesOf(analysis);
    if (a != nullptr && analysis && session_.outOfDate(*a))
        content.mapsOutOfDate = tr("The words are others now.");
    const project::Take* const b = session_.takeB();
    content.compared = a != nullptr && b != nullptr;
    difference_->compare(content.compared ? session_.clipOf(*a) : nullptr,
                         content.compared ? session_.clipOf(*b) : nullptr);
    content.difference = difference_->curves();
    content.threshold = state.thresholds.semantic;
    const BundleChoice* const bundle = session_.bundle();
    if (bundle != nullptr && bundle->architecture != io::Architecture::EchoMask)
        content.noAttention =
            tr("%1 has no speech-queried map. Use EchoMask to see one.")
                .arg(QString::fromStdString(std::string(io::titleOf(bundle->architecture))));
    content.mask = *state.mask;
    content.preview = preview_;
    content.blendMargin = state.maskOptions.margin;
    content.locked = locked_;
    content.solo = solo_;
    content.eyesOff = eyesOff_;
    content.takes = rows();
    for (const project::Marker& marker : state.markers)
        content.markers.push_back({marker.frame, QString::fromStdString(marker.name)});
    for (const project::Segment& segment : state.segments)
        content.segments.push_back({segment.range, QString::fromStdString(segment.name)});
    content.offers = offers(content);
    timeline_.setContent(std::move(content));
}

} // namespace gesture::app
