// SPDX-License-Identifier: Apache-2.0
// The timeline without a mouse, snapping, and the actions of tools and masks.
#include "app/studio/timeline/timeline_actions.h"
#include "app/studio/timeline/tools/mask_edits.h"
#include "app/studio/timeline/tools/snapping.h"
#include "tests/app/studio/timeline_fixture.h"
#include "tests/app/studio/window_fixture.h"

#include <QLineEdit>
#include <QSignalSpy>

namespace gesture::app {
namespace {

using motion::BodyPart;
using test::onlyPart;

class TimelineKeysTest : public test::TimelineTest {};

TEST_F(TimelineKeysTest, CtrlUpAndDownPickTheLane) {
    key(Qt::Key_Down, Qt::ControlModifier);
    EXPECT_EQ(view->currentLane(), LaneId::Speech);
    key(Qt::Key_Down, Qt::ControlModifier);
    EXPECT_EQ(view->currentLane(), LaneId::Words);
    key(Qt::Key_Up, Qt::ControlModifier);
    key(Qt::Key_Up, Qt::ControlModifier);
    EXPECT_EQ(view->currentLane(), LaneId::Speech);
}

TEST_F(TimelineKeysTest, ALanePickedByKeysComesIntoView) {
    view->resize(1600, 200);
    QApplication::processEvents();
    view->setCurrentLane(LaneId::Take2);
    EXPECT_TRUE(view->laneLayout().lanesArea().contains(row(LaneId::Take2)));
}

TEST_F(TimelineKeysTest, ShiftCtrlArrowsExtendTheSelectionFromThePlayhead) {
    document.goToFrame({900});
    view->setCurrentLane(LaneId::Hands);
    for (int i = 0; i < 3; ++i) {
        key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
    }
    EXPECT_EQ(view->selection().range, (FrameRange{{900}, {903}}));
    EXPECT_EQ(view->selection().lanes, LaneSet{LaneId::Hands});
    for (int i = 0; i < 5; ++i) {
        key(Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
    }
    EXPECT_EQ(view->selection().range, (FrameRange{{898}, {900}}));
}

TEST_F(TimelineKeysTest, AltArrowsMoveWhatIsChosen) {
    view->setSelection({{{kMiddle}, {kMiddle + 44}}, {LaneId::Hands}});
    key(Qt::Key_Right, Qt::AltModifier);
    EXPECT_EQ(masks.back().after.runs(BodyPart::Hands).back(),
              (FrameRange{{kMiddle + 1}, {kMiddle + 45}}));
    EXPECT_EQ(view->selection().range.begin.value, kMiddle + 1);
    QSignalSpy markers(view.get(), &TimelineView::markerMoved);
    view->setChosenMarker(0);
    key(Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(markers.back()[1].value<FrameIndex>(), view->content().markers[0].frame + -1);
    QSignalSpy thresholds(view.get(), &TimelineView::thresholdDragged);
    key(Qt::Key_Up, Qt::AltModifier);
    EXPECT_DOUBLE_EQ(thresholds.back()[0].toDouble(), 0.51);
}

TEST_F(TimelineKeysTest, EnterFoldsALaneAndChoosesATake) {
    view->setCurrentLane(LaneId::Words);
    key(Qt::Key_Return);
    EXPECT_EQ(row(LaneId::Words).height(), 14);
    QSignalSpy chosen(view.get(), &TimelineView::takeChosen);
    QSignalSpy compared(view.get(), &TimelineView::takeBadgeClicked);
    view->setCurrentLane(LaneId::Take2);
    key(Qt::Key_Return);
    key(Qt::Key_Return, Qt::ShiftModifier);
    EXPECT_EQ(chosen.size(), 1);
    EXPECT_EQ(compared.size(), 1);
}

TEST_F(TimelineKeysTest, F2RenamesTheWordAtThePlayhead) {
    const auto& words = view->content().transcript->words;
    const std::size_t index = firstWordAfter(*view->content().transcript, {33});
    document.setPlayhead(words[index].begin + Seconds{0.02});
    QSignalSpy renamed(view.get(), &TimelineView::wordRenamed);
    key(Qt::Key_F2);
    auto* const edit = view->findChild<QLineEdit*>();
    ASSERT_NE(edit, nullptr);
    EXPECT_EQ(edit->text().toStdString(), words[index].text);
    edit->setText(QStringLiteral("vale"));
    QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
    QApplication::sendEvent(edit, &enter);
    ASSERT_EQ(renamed.size(), 1);
    EXPECT_EQ(renamed.back()[0].toInt(), static_cast<int>(index));
    EXPECT_EQ(renamed.back()[1].toString(), QStringLiteral("vale"));
}

TEST_F(TimelineKeysTest, SnappingPrefersMaskEdgesToWordsToMarkers) {
    TimelineContent content = view->content();
    inference::EditMask mask(kFrames);
    mask.paint({{1000}, {1010}}, inference::kAllParts);
    content.mask = mask;
    audio::Transcript words;
    words.words = {{"near", {1001 / 30.0}, {1030 / 30.0}, {}}};
    content.transcript = std::make_shared<const audio::Transcript>(words);
    content.markers = {{{1000}, QStringLiteral("M")}, {{1040}, QStringLiteral("Far")}};
    view->setContent(content);
    const auto snapped = [&](double frame, const SnapRules& rules = {}) {
        return snapAt(scene(), scene().axis.xOf({frame / 30}), rules);
    };
    SnapRules framesOnly;
    framesOnly.targets = false;
    SnapRules cells;
    cells.cells = true;
    EXPECT_EQ(snapped(1000.6).frame.value, 1000);
    EXPECT_TRUE(snapped(1000.6).name.contains(QLatin1String("mask")));
    EXPECT_EQ(snapped(1029.3).name, QStringLiteral("word “near”"));
    EXPECT_EQ(snapped(1039.2).name, QStringLiteral("Far"));
    EXPECT_EQ(snapped(1050.4).frame.value, 1050);
    EXPECT_TRUE(snapped(1050.4).name.isEmpty());
    EXPECT_TRUE(snapped(1039.2, framesOnly).name.isEmpty());
    EXPECT_EQ(snapped(1038.2, cells).frame.value, 1040);
    EXPECT_EQ(snapped(99999).frame.value, kFrames);
}

TEST_F(TimelineKeysTest, SnappedDragsShowTheirGuideAndAltDoesNot) {
    choose(TimelineTool::Paint);
    ToolSettings settings = view->settings();
    settings.snap = true;
    view->setSettings(settings);
    const QPointF near = at(LaneId::Lower, kMiddle + 44) + QPointF(4, 0);
    drag(at(LaneId::Lower, kMiddle + 20), near);
    EXPECT_EQ(masks.back().after.runs(BodyPart::Lower).back().end.value, kMiddle + 44);
    drag(at(LaneId::Lower, kMiddle + 20), at(LaneId::Lower, kMiddle + 46), Qt::AltModifier);
    EXPECT_EQ(masks.back().after.runs(BodyPart::Lower).back().end.value, kMiddle + 46);
}

TEST_F(TimelineKeysTest, EdgesAreFoundBothWays) {
    EXPECT_EQ(edgeAfter(scene(), {kMiddle - 1}), FrameIndex{kMiddle});
    const auto before = edgeBefore(scene(), {kMiddle + 9});
    ASSERT_TRUE(before);
    EXPECT_EQ(*before, FrameIndex{kMiddle + 8});
    EXPECT_FALSE(edgeAfter(scene(), {kFrames - 1}));
}

TEST_F(TimelineKeysTest, TheSelectionIsMaskedInItsPartsElseInTheActiveOnes) {
    view->setSelection({{{900}, {910}}, {LaneId::Lower}});
    maskSelection(*view);
    EXPECT_TRUE(masks.back().after.at({905}, BodyPart::Lower));
    EXPECT_FALSE(masks.back().after.at({905}, BodyPart::Upper));
    view->setSelection({{{900}, {910}}, {LaneId::Words}});
    maskSelection(*view);
    EXPECT_TRUE(masks.back().after.at({905}, BodyPart::Upper));
    EXPECT_FALSE(masks.back().after.at({905}, BodyPart::Face));
}

TEST_F(TimelineKeysTest, ActionsThatChangeNothingSayNothing) {
    view->setSelection({{{900}, {910}}, {LaneId::Lower}});
    eraseSelection(*view);
    EXPECT_TRUE(masks.empty());
    clearMask(*view);
    EXPECT_EQ(masks.size(), 1U);
    EXPECT_TRUE(masks.back().after.empty());
}

TEST_F(TimelineKeysTest, TheScoreMasksWhereItIsHigh) {
    maskByScore(*view);
    ASSERT_FALSE(masks.empty());
    const auto& score = view->content().semantic->score;
    for (std::size_t token = 0; token < score.size(); ++token) {
        const FrameIndex frame{static_cast<std::int64_t>(token) * 4};
        if (score[token] > 0.5F) {
            EXPECT_TRUE(masks.back().after.at(frame, BodyPart::Lower)) << token;
        }
    }
}

class TimelineActionsTest : public test::WindowTest {};

TEST_F(TimelineActionsTest, ToolsAreChosenByActionsAndShowInThem) {
    openClip();
    trigger(ActionId::ToolPaint);
    EXPECT_EQ(window().timeline().settings().tool, TimelineTool::Paint);
    trigger(ActionId::ToolPartHands);
    EXPECT_EQ(window().timeline().settings().parts, onlyPart(BodyPart::Hands));
    EXPECT_TRUE(parts().actions[ActionId::ToolSnap].isChecked());
    trigger(ActionId::ToolSnap);
    EXPECT_FALSE(window().timeline().settings().snap);
    ToolSettings settings;
    settings.tool = TimelineTool::Erase;
    window().timeline().setSettings(settings);
    EXPECT_TRUE(parts().actions[ActionId::ToolErase].isChecked());
    EXPECT_TRUE(parts().actions[ActionId::ToolPartAll].isChecked());
}

TEST_F(TimelineActionsTest, MaskActionsNeedWhatTheyWorkOn) {
    openClip();
    EXPECT_FALSE(parts().actions[ActionId::MaskFromSelection].isEnabled());
    EXPECT_FALSE(parts().actions[ActionId::MaskClear].isEnabled());
    EXPECT_FALSE(parts().actions[ActionId::MaskByScore].isEnabled());
    trigger(ActionId::EditSelectAll);
    EXPECT_TRUE(parts().actions[ActionId::MaskFromSelection].isEnabled());
    QSignalSpy strokes(&window().timeline(), &TimelineView::maskStroke);
    trigger(ActionId::MaskFromSelection);
    ASSERT_EQ(strokes.size(), 1);
    TimelineContent content;
    content.mask = strokes.back()[0].value<inference::EditMask>();
    EXPECT_EQ(content.mask.frameCount(), 90);
    window().timeline().setContent(content);
    EXPECT_TRUE(parts().actions[ActionId::MaskClear].isEnabled());
    trigger(ActionId::EditDeselect);
    EXPECT_FALSE(parts().actions[ActionId::MaskFromSelection].isEnabled());
}

TEST_F(TimelineActionsTest, MarkersSegmentsAndDeletionAreTold) {
    openClip();
    QSignalSpy added(&window().timeline(), &TimelineView::markerAdded);
    QSignalSpy removed(&window().timeline(), &TimelineView::markerRemoved);
    QSignalSpy segments(&window().timeline(), &TimelineView::segmentAdded);
    parts().transport.goToFrame({12});
    trigger(ActionId::MarkAdd);
    EXPECT_EQ(added.back()[0].value<FrameIndex>().value, 12);
    TimelineContent content;
    content.markers = {{{12}, QStringLiteral("Here")}};
    window().timeline().setContent(content);
    window().timeline().setChosenMarker(0);
    trigger(ActionId::EditDelete);
    EXPECT_EQ(removed.size(), 1);
    trigger(ActionId::EditSelectAll);
    trigger(ActionId::MarkSegment);
    EXPECT_EQ(segments.back()[0].value<FrameRange>(), (FrameRange{{0}, {90}}));
    // The project's own lanes came back with each change: the marker is gone from them.
    window().timeline().setContent(content);
    parts().transport.goToFrame({0});
    trigger(ActionId::PlayNextEdge);
    EXPECT_EQ(parts().document.frame().value, 12);
}

} // namespace
} // namespace gesture::app
