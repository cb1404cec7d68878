// SPDX-License-Identifier: Apache-2.0
// What a press, a drag or a click on the timeline gives.
#include "app/studio/timeline/lanes/whole_clip_lane.h"
#include "app/studio/timeline/ruler_painter.h"
#include "tests/app/studio/timeline_fixture.h"

#include <QSignalSpy>

namespace gesture::app {
namespace {

using motion::BodyPart;
using test::onlyPart;
using test::TimelineTest;

TEST_F(TimelineTest, PaintingMasksThePartOfTheLane) {
    choose(TimelineTool::Paint);
    drag(at(LaneId::Lower, 900), at(LaneId::Lower, 920));
    ASSERT_FALSE(masks.empty());
    inference::EditMask expected = view->mask();
    expected.paint({{900}, {920}}, onlyPart(BodyPart::Lower));
    EXPECT_EQ(masks.back().after, expected);
    EXPECT_TRUE(masks.back().finished);
}

TEST_F(TimelineTest, OneDragIsOneGestureAndTheNextAnother) {
    choose(TimelineTool::Paint);
    drag(at(LaneId::Lower, 900), at(LaneId::Lower, 920));
    const quint64 first = masks.front().gesture;
    for (const MaskNews& news : masks) {
        EXPECT_EQ(news.gesture, first);
        EXPECT_EQ(news.finished, &news == &masks.back());
    }
    const std::size_t before = masks.size();
    drag(at(LaneId::Lower, 940), at(LaneId::Lower, 950));
    ASSERT_GT(masks.size(), before);
    EXPECT_NE(masks.back().gesture, first);
}

TEST_F(TimelineTest, AClickMasksOneFrameAndWithCellsOneCell) {
    choose(TimelineTool::Paint);
    const QPointF place = at(LaneId::Lower, 902) + QPointF(3, 0);
    click(place);
    EXPECT_EQ(masks.back().after.runs(BodyPart::Lower).at(0), (FrameRange{{902}, {903}}));
    ToolSettings settings = view->settings();
    settings.cells = true;
    view->setSettings(settings);
    click(place);
    EXPECT_EQ(masks.back().after.runs(BodyPart::Lower).at(0), (FrameRange{{900}, {904}}));
}

TEST_F(TimelineTest, CtrlErasesAndShiftPaintsAllParts) {
    choose(TimelineTool::Paint);
    drag(at(LaneId::Hands, kMiddle + 10), at(LaneId::Hands, kMiddle + 20), Qt::ControlModifier);
    EXPECT_FALSE(masks.back().after.at({kMiddle + 15}, BodyPart::Hands));
    EXPECT_TRUE(masks.back().after.at({kMiddle + 15}, BodyPart::Upper));
    drag(at(LaneId::Lower, 900), at(LaneId::Lower, 910), Qt::ShiftModifier);
    EXPECT_TRUE(masks.back().after.at({905}, BodyPart::Upper));
    EXPECT_TRUE(masks.back().after.at({905}, BodyPart::Lower));
    EXPECT_FALSE(masks.back().after.at({905}, BodyPart::Face)) << "the face is locked";
}

TEST_F(TimelineTest, TheEraserErasesAndCtrlPaintsWithIt) {
    choose(TimelineTool::Erase);
    drag(at(LaneId::Hands, kMiddle), at(LaneId::Hands, kMiddle + 44));
    EXPECT_EQ(masks.back().after.runs(BodyPart::Hands).size(), 1U);
    drag(at(LaneId::Lower, 900), at(LaneId::Lower, 910), Qt::ControlModifier);
    EXPECT_TRUE(masks.back().after.at({905}, BodyPart::Lower));
}

TEST_F(TimelineTest, StrokesOverOtherLanesAreForTheActiveParts) {
    choose(TimelineTool::Paint);
    ToolSettings settings = view->settings();
    settings.parts = onlyPart(BodyPart::Hands);
    view->setSettings(settings);
    drag(at(LaneId::Speech, 900), at(LaneId::Speech, 910));
    EXPECT_TRUE(masks.back().after.at({905}, BodyPart::Hands));
    EXPECT_FALSE(masks.back().after.at({905}, BodyPart::Upper));
}

TEST_F(TimelineTest, LockedPartsStayAndTheUserIsTold) {
    choose(TimelineTool::Paint);
    QSignalSpy hints(view.get(), &TimelineView::hinted);
    drag(at(LaneId::Face, 900), at(LaneId::Face, 910));
    EXPECT_TRUE(masks.empty());
    EXPECT_TRUE(hints.front().front().toString().contains(QLatin1String("locked")));
}

TEST_F(TimelineTest, EscapeTakesAStrokeBack) {
    choose(TimelineTool::Paint);
    press(at(LaneId::Lower, 900));
    moveTo(at(LaneId::Lower, 930));
    key(Qt::Key_Escape);
    EXPECT_EQ(masks.back().after, view->mask());
    EXPECT_TRUE(masks.back().finished);
    const std::size_t count = masks.size();
    moveTo(at(LaneId::Lower, 950));
    release(at(LaneId::Lower, 950));
    EXPECT_EQ(masks.size(), count);
}

TEST_F(TimelineTest, TheRangeToolMasksTheRectangleOnRelease) {
    choose(TimelineTool::Range);
    press(at(LaneId::Upper, 900));
    moveTo(at(LaneId::Lower, 912));
    EXPECT_TRUE(masks.empty());
    release(at(LaneId::Lower, 912));
    ASSERT_FALSE(masks.empty());
    for (const BodyPart part : {BodyPart::Upper, BodyPart::Hands, BodyPart::Lower}) {
        EXPECT_TRUE(masks.back().after.at({905}, part));
    }
    EXPECT_FALSE(masks.back().after.at({905}, BodyPart::Face));
}

TEST_F(TimelineTest, BlocksAreMovedCopiedAndResized) {
    choose(TimelineTool::Select);
    const auto runs = [&] { return masks.back().after.runs(BodyPart::Hands); };
    drag(at(LaneId::Hands, kMiddle + 20), at(LaneId::Hands, kMiddle + 50));
    EXPECT_EQ(runs().back(), (FrameRange{{kMiddle + 30}, {kMiddle + 74}}));
    drag(at(LaneId::Hands, kMiddle + 20), at(LaneId::Hands, kMiddle + 80), Qt::ControlModifier);
    EXPECT_EQ(runs().size(), 3U);
    drag(at(LaneId::Hands, kMiddle + 44), at(LaneId::Hands, kMiddle + 60));
    EXPECT_EQ(runs().back(), (FrameRange{{kMiddle}, {kMiddle + 60}}));
    drag(at(LaneId::Hands, kMiddle), at(LaneId::Hands, kMiddle - 12));
    EXPECT_EQ(runs().back(), (FrameRange{{kMiddle - 12}, {kMiddle + 44}}));
    drag(at(LaneId::Hands, kMiddle), at(LaneId::Hands, kMiddle + 90));
    EXPECT_EQ(runs().back(), (FrameRange{{kMiddle + 43}, {kMiddle + 44}}));
}

TEST_F(TimelineTest, AClickChoosesABlockAndChangesNothing) {
    choose(TimelineTool::Select);
    click(at(LaneId::Upper, kMiddle + 20));
    EXPECT_TRUE(masks.empty());
    EXPECT_EQ(view->selection().range, (FrameRange{{kMiddle + 8}, {kMiddle + 44}}));
    EXPECT_EQ(view->selection().lanes, LaneSet{LaneId::Upper});
}

TEST_F(TimelineTest, DraggingSelectsTimeAndLanes) {
    choose(TimelineTool::Select);
    QSignalSpy changes(view.get(), &TimelineView::selectionChanged);
    drag(at(LaneId::Lower, 900), at(LaneId::Take1, 930));
    EXPECT_EQ(view->selection().range, (FrameRange{{900}, {930}}));
    const LaneSet lanes{LaneId::Lower, LaneId::Take1};
    EXPECT_EQ(view->selection().lanes, lanes);
    EXPECT_EQ(changes.back()[1].value<inference::PartSet>(), onlyPart(BodyPart::Lower));
    press(at(LaneId::Lower, 950), Qt::ShiftModifier);
    release(at(LaneId::Lower, 950), Qt::ShiftModifier);
    EXPECT_EQ(view->selection().range, (FrameRange{{900}, {950}}));
}

TEST_F(TimelineTest, AClickOnFreeRoomGoesThereAndDeselects) {
    choose(TimelineTool::Select);
    view->setSelection({{{900}, {930}}, {LaneId::Lower}});
    click(at(LaneId::Speech, 940));
    EXPECT_EQ(document.frame().value, 940);
    EXPECT_TRUE(view->selection().empty());
}

TEST_F(TimelineTest, WordsAreGoneToSelectedAndTheirBoundariesMoved) {
    choose(TimelineTool::Select);
    const auto& words = view->content().transcript->words;
    const std::size_t index = firstWordAfter(*view->content().transcript, {33});
    const double middle = (words[index].begin.value + words[index].end.value) / 2;
    const QPointF place(scene().axis.xOf({middle}), row(LaneId::Words).center().y());
    QSignalSpy chosen(view.get(), &TimelineView::wordChosen);
    click(place);
    EXPECT_EQ(document.frame(), framesOf(words[index], document.rate()).begin);
    EXPECT_EQ(chosen.back()[0].toInt(), static_cast<int>(index));
    mouse(QEvent::MouseButtonDblClick, place);
    EXPECT_EQ(view->selection().range, framesOf(words[index], document.rate()));

    QSignalSpy moved(view.get(), &TimelineView::wordsMoved);
    const QPointF edge(scene().axis.xOf(words[index].end), place.y());
    drag(edge - QPointF(1, 0), edge - QPointF(9, 0), Qt::AltModifier);
    ASSERT_FALSE(moved.isEmpty());
    const auto after = moved.back()[0].value<audio::Transcript>();
    EXPECT_LT(after.words[index].end, words[index].end);
    EXPECT_TRUE(moved.back()[3].toBool());
    EXPECT_TRUE(audio::validate(after).ok());
}

TEST_F(TimelineTest, LockedWordsKeepTheirBoundaries) {
    choose(TimelineTool::Select);
    TimelineContent content = view->content();
    content.locked.set(LaneId::Words);
    view->setContent(content);
    QSignalSpy moved(view.get(), &TimelineView::wordsMoved);
    const auto& word = content.transcript->words[firstWordAfter(*content.transcript, {33})];
    const QPointF edge(scene().axis.xOf(word.end) - 1, row(LaneId::Words).center().y());
    drag(edge, edge - QPointF(9, 0));
    EXPECT_TRUE(moved.isEmpty());
}

TEST_F(TimelineTest, TheThresholdIsDraggedWithAPreviewOfItsMask) {
    const QRect lane = content(LaneId::Semantic);
    QSignalSpy dragged(view.get(), &TimelineView::thresholdDragged);
    const QPointF grip = thresholdGrip(scene(), lane).center();
    press(grip);
    moveTo({grip.x(), scoreY(lane, 0.7)});
    EXPECT_DOUBLE_EQ(dragged.back()[0].toDouble(), 0.7);
    EXPECT_FALSE(dragged.back()[1].toBool());
    EXPECT_FALSE(scene().index.preview[BodyPart::Hands].empty());
    EXPECT_TRUE(scene().index.preview[BodyPart::Face].empty()) << "the face is locked";
    release({grip.x(), scoreY(lane, 0.7)});
    EXPECT_TRUE(dragged.back()[1].toBool());
    EXPECT_TRUE(scene().index.preview[BodyPart::Hands].empty());
}

TEST_F(TimelineTest, MarkersAreDraggedChosenAndGoneTo) {
    QSignalSpy moved(view.get(), &TimelineView::markerMoved);
    const FrameIndex frame = view->content().markers[1].frame;
    const QPointF flag = markerFlag(scene(), frame).center();
    click(flag);
    EXPECT_EQ(document.frame(), frame);
    EXPECT_EQ(view->chosenMarker(), 1U);
    EXPECT_TRUE(moved.isEmpty());
    drag(flag, flag + QPointF(10 * scene().pixelsPerFrame(), 0), Qt::AltModifier);
    EXPECT_EQ(moved.back()[0].toInt(), 1);
    EXPECT_EQ(moved.back()[1].value<FrameIndex>(), frame + 10);
    EXPECT_TRUE(moved.back()[3].toBool());
}

TEST_F(TimelineTest, TheRulerScrubsAndItsGripsSetInAndOut) {
    QSignalSpy scrubbing(view.get(), &TimelineView::scrubbing);
    const auto ruler = [&](std::int64_t frame, double y) {
        return QPointF(scene().xOf({frame}), y);
    };
    drag(ruler(900, 6), ruler(950, 6));
    EXPECT_EQ(document.frame().value, 950);
    EXPECT_EQ(scrubbing.size(), 2);
    document.setRange(FrameRange{{900}, {960}});
    drag(ruler(900, 22), ruler(910, 22), Qt::AltModifier);
    EXPECT_EQ(document.range(), (FrameRange{{910}, {960}}));
    drag(ruler(960, 22), ruler(980, 22), Qt::AltModifier);
    EXPECT_EQ(document.range(), (FrameRange{{910}, {980}}));
    drag(ruler(940, 22), ruler(950, 22));
    EXPECT_EQ(document.range(), (FrameRange{{920}, {990}}));
}

TEST_F(TimelineTest, ADoubleClickOnTheRulerLoopsTheWord) {
    const auto& word =
        view->content().transcript->words[firstWordAfter(*view->content().transcript, {33})];
    mouse(QEvent::MouseButtonDblClick,
          {scene().axis.xOf({(word.begin.value + word.end.value) / 2}), 6});
    EXPECT_EQ(document.range(), framesOf(word, document.rate()));
    EXPECT_EQ(document.loop(), Loop::Yes);
}

TEST_F(TimelineTest, SignsInHeadersSayWhatWasClicked) {
    QSignalSpy eye(view.get(), &TimelineView::laneEyeClicked);
    QSignalSpy lock(view.get(), &TimelineView::laneLockClicked);
    QSignalSpy solo(view.get(), &TimelineView::laneSoloClicked);
    QSignalSpy mute(view.get(), &TimelineView::muteClicked);
    for (const LaneSignPlace& sign : laneSigns(scene(), *view->laneLayout().find(LaneId::Hands))) {
        click(sign.place.center(), sign.sign == LaneSign::Eye ? Qt::AltModifier : Qt::NoModifier);
    }
    EXPECT_EQ(eye.size(), 1);
    EXPECT_EQ(eye.front()[0].value<LaneId>(), LaneId::Hands);
    EXPECT_TRUE(eye.front()[1].toBool());
    EXPECT_EQ(lock.size(), 1);
    EXPECT_FALSE(lock.front()[1].toBool());
    EXPECT_EQ(solo.size(), 1);
    click(laneSigns(scene(), *view->laneLayout().find(LaneId::Speech)).front().place.center());
    EXPECT_EQ(mute.size(), 1);
}

TEST_F(TimelineTest, TakesAreChosenByLaneAndHeaderAndComparedByBadge) {
    choose(TimelineTool::Select);
    QSignalSpy chosen(view.get(), &TimelineView::takeChosen);
    QSignalSpy compared(view.get(), &TimelineView::takeBadgeClicked);
    click(at(LaneId::Take2, 940));
    EXPECT_EQ(chosen.back()[0].toLongLong(), 1);
    click(QPointF(60, row(LaneId::Take1).center().y()));
    EXPECT_EQ(chosen.back()[0].toLongLong(), 3);
    click(takeBadge(*view->laneLayout().find(LaneId::Take2)).center());
    EXPECT_EQ(compared.size(), 1);
    EXPECT_EQ(compared.back()[0].toLongLong(), 1);
}

TEST_F(TimelineTest, HeadersFoldByDoubleClickAndMoveByDrag) {
    QSignalSpy arranged(view.get(), &TimelineView::arrangementChanged);
    const QPointF header(60, row(LaneId::Words).center().y());
    mouse(QEvent::MouseButtonDblClick, header);
    mouse(QEvent::MouseButtonRelease, header);
    EXPECT_EQ(row(LaneId::Words).height(), 14);
    drag(QPointF(60, row(LaneId::Words).center().y()),
         QPointF(60, row(LaneId::Importance).center().y() + 2));
    EXPECT_GT(row(LaneId::Words).top(), row(LaneId::Importance).top());
    EXPECT_EQ(arranged.size(), 2);
}

TEST_F(TimelineTest, ButtonsOfEmptyLanesSayWhatIsWanted) {
    TimelineContent content = view->content();
    content.semantic = nullptr;
    content.transcript = nullptr;
    view->setContent(content);
    EXPECT_TRUE(emptyLaneNote(scene(), *view->laneLayout().find(LaneId::Words))->buttons.empty())
        << "nothing is offered";
    content.offers = LaneOffer::ImportWords | LaneOffer::AlignWords | LaneOffer::ComputeScore;
    view->setContent(content);
    QSignalSpy offers(view.get(), &TimelineView::offerClicked);
    const auto note = emptyLaneNote(scene(), *view->laneLayout().find(LaneId::Words));
    ASSERT_EQ(note->buttons.size(), 2U);
    click(note->buttons[1].place.center());
    EXPECT_EQ(offers.back()[0].value<LaneOffer>(), LaneOffer::ImportWords);
}

TEST_F(TimelineTest, TheBoxOfTheWholeClipScrollsAndItsEndsZoom) {
    const QRectF box = viewBox(scene());
    const double span = view->axis().span();
    drag(box.center(), box.center() + QPointF(100, 0));
    EXPECT_NEAR(view->axis().span(), span, 1e-9);
    EXPECT_GT(view->axis().begin(), 30);
    const QRectF moved = viewBox(scene());
    drag({moved.right(), moved.center().y()}, {moved.right() + 50, moved.center().y()});
    EXPECT_GT(view->axis().span(), span + 1);
}

TEST_F(TimelineTest, TheMiddleButtonPansAndWithCtrlZooms) {
    const double begin = view->axis().begin();
    mouse(QEvent::MouseButtonPress, {800, 100}, {}, Qt::MiddleButton);
    moveTo({900, 100});
    mouse(QEvent::MouseButtonRelease, {900, 100}, {}, Qt::MiddleButton);
    EXPECT_LT(view->axis().begin(), begin);
    const double span = view->axis().span();
    mouse(QEvent::MouseButtonPress, {800, 100}, {}, Qt::MiddleButton);
    moveTo({900, 100}, Qt::ControlModifier);
    mouse(QEvent::MouseButtonRelease, {900, 100}, {}, Qt::MiddleButton);
    EXPECT_LT(view->axis().span(), span);
}

} // namespace
} // namespace gesture::app
