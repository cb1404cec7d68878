// SPDX-License-Identifier: Apache-2.0
// Comparing takes and reading maps in the real window, by keys and mouse.
#include "app/studio/workspace/gate_stretches.h"
#include "app/studio/workspace/take_difference.h"
#include "tests/app/studio/signal_log.h"
#include "tests/app/studio/window_fixture.h"

#include <QTest>

namespace gesture::app {
namespace {

using test::WindowTest;

class CompareTest : public WindowTest {
protected:
    /// Two takes: the one opened last is A, the other B.
    void openTwoTakes() {
        openClip();
        motion::Clip::Data moved;
        moved.poses.assign(90 * motion::kPoseSize, 0.0F);
        for (int f = 0; f < 90; ++f)
            moved.translations.insert(moved.translations.end(), {0.1F, 0.0F, 0.0F});
        EXPECT_TRUE(io::writeMotionFile(folder / "moved.npz",
                                        motion::Clip::create(std::move(moved)).value())
                        .ok());
        parts().loader.open({folder / "moved.npz"});
        settle();
        ASSERT_EQ(session().state().takes.size(), 2U);
    }
    StudioSession& session() { return parts().session; }
    const ViewOverlays& overlays() { return parts().view.overlays(); }
    void waitForDifference() {
        while (!window().timeline().content().difference)
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
};

TEST_F(CompareTest, WithoutATakeBNothingCanBeCompared) {
    openClip();
    EXPECT_FALSE(parts().actions[ActionId::CompareSplit].isEnabled());
    EXPECT_FALSE(parts().actions[ActionId::TakeFlip].isEnabled());
    EXPECT_FALSE(window().timeline().laneLayout().shows(LaneId::Difference));
}

TEST_F(CompareTest, OneKeyGoesThroughTheViews) {
    openTwoTakes();
    EXPECT_TRUE(window().viewportPanel().bodies().stage() == nullptr ||
                window().viewportPanel().bodies().compares());
    for (const TakeView view :
         {TakeView::B, TakeView::Split, TakeView::Overlay, TakeView::Difference, TakeView::A}) {
        trigger(ActionId::TakeCompare);
        EXPECT_EQ(overlays().takes, view);
    }
    trigger(ActionId::CompareSplit);
    EXPECT_NE(parts().view.splitOffset().norm(), 0.0F);
}

TEST_F(CompareTest, AHeldKeyShowsTheOtherTakeUntilItIsLetGo) {
    openTwoTakes();
    TimelineView& timeline = window().timeline();
    const project::TakeChoice takes = session().state().choice;
    trigger(ActionId::TakeFlip);
    EXPECT_TRUE(overlays().flipped);
    QKeyEvent repeat(QEvent::KeyRelease, Qt::Key_X, Qt::NoModifier, {}, true);
    QApplication::sendEvent(&timeline, &repeat);
    EXPECT_TRUE(overlays().flipped) << "the keyboard repeats";
    QKeyEvent other(QEvent::KeyRelease, Qt::Key_Y, Qt::NoModifier);
    QApplication::sendEvent(&timeline, &other);
    EXPECT_TRUE(overlays().flipped);
    QTest::keyRelease(&timeline, Qt::Key_X);
    EXPECT_FALSE(overlays().flipped);
    EXPECT_EQ(session().state().choice, takes) << "looking changes nothing";
}

TEST_F(CompareTest, TheDifferenceHasALane) {
    openTwoTakes();
    EXPECT_TRUE(window().timeline().laneLayout().shows(LaneId::Difference));
    waitForDifference();
    const auto& curves = *window().timeline().content().difference;
    ASSERT_EQ(curves.all.size(), 90U);
    EXPECT_NEAR(curves.all[40], 10.0F, 0.01F) << "centimetres";
    EXPECT_NEAR(curves.hands[40], 10.0F, 0.01F);
    session().compareAsB(session().state().choice.b);
    EXPECT_FALSE(window().timeline().laneLayout().shows(LaneId::Difference));
}

TEST_F(CompareTest, GhostsPathsAndHeatAreSwitchedByTheirActions) {
    openTwoTakes();
    parts().actions.setAvailable(Needs::Viewport, true);
    trigger(ActionId::ViewGhosts);
    trigger(ActionId::GhostsMore);
    trigger(ActionId::GhostsFarther);
    trigger(ActionId::ViewTrails);
    trigger(ActionId::HeatMask);
    EXPECT_TRUE(overlays().ghosts);
    EXPECT_EQ(overlays().ghostCount, 2);
    EXPECT_EQ(overlays().ghostStep, 9);
    EXPECT_TRUE(overlays().trails);
    EXPECT_EQ(overlays().heat, BodyHeat::Mask);
    EXPECT_TRUE(parts().actions[ActionId::ViewHeat].isChecked());
    trigger(ActionId::ViewHeat);
    EXPECT_EQ(overlays().heat, BodyHeat::Off);
    trigger(ActionId::ViewHeat);
    EXPECT_EQ(overlays().heat, BodyHeat::Mask) << "the same kind again";
}

TEST_F(CompareTest, TheWorkspaceForMapsTakesTheViewportAlong) {
    openTwoTakes();
    trigger(ActionId::ViewAnalyse);
    settle();
    EXPECT_EQ(window().workspaces().current(), Workspace::Analyse);
    EXPECT_TRUE(window().analyse().page().isVisible());
    EXPECT_TRUE(window().analyse().picker().isVisible());
    EXPECT_TRUE(window().viewportPanel().isVisible());
    EXPECT_FALSE(window().sides().generate().isVisible());
    EXPECT_FALSE(window().timeline().laneLayout().shows(LaneId::Hands));
    trigger(ActionId::ViewAnimate);
    settle();
    EXPECT_FALSE(window().analyse().page().isVisible());
    EXPECT_TRUE(window().viewportPanel().isVisible());
    EXPECT_TRUE(window().sides().generate().isVisible());
    EXPECT_TRUE(window().timeline().laneLayout().shows(LaneId::Hands));
}

TEST_F(CompareTest, AClickOnAWordGoesThere) {
    openTwoTakes();
    audio::Transcript words;
    words.words = {{"small", {0.2}, {0.5}, {}}, {"big", {1.0}, {1.6}, {}}};
    words.duration = {3};
    session().apply(project::SetTranscript{words, "test"});
    trigger(ActionId::ViewAnalyse);
    settle();
    WordsPanel& panel = window().analyse().words();
    ASSERT_EQ(panel.table().model()->rowCount(), 2);
    panel.table().sortByColumn(WordTable::Word, Qt::AscendingOrder);
    EXPECT_EQ(panel.table().model()->index(0, 0).data().toString(), QStringLiteral("big"));
    window().analyse().words().parentWidget()->show();
    const QRect row = panel.table().visualRect(panel.table().model()->index(0, 0));
    QTest::mouseClick(panel.table().viewport(), Qt::LeftButton, Qt::NoModifier, row.center());
    EXPECT_EQ(parts().document.frame().value, 30);
    panel.search().setText(QStringLiteral("sma"));
    EXPECT_EQ(panel.table().model()->rowCount(), 1);
}

TEST_F(CompareTest, AFigureIsExportedFromADialogOfItsOwn) {
    openTwoTakes();
    EXPECT_EQ(window().analyse().figureDialog(), nullptr);
    window().inspect().attention().requestExport();
    window().analyse().exportFigure();
    ASSERT_NE(window().analyse().figureDialog(), nullptr);
    EXPECT_TRUE(window().analyse().figureDialog()->isVisible());
    EXPECT_FALSE(window().analyse().figureDialog()->isModal());
    EXPECT_FALSE(window().analyse().figureDialog()->panel().exportButton().isEnabled())
        << "there is no map yet";
}

TEST_F(CompareTest, ADeletedTakeComesBackFromTheList) {
    openTwoTakes();
    auto* list = window().sides().takes().findChild<QListView*>(QStringLiteral("takes"));
    ASSERT_NE(list, nullptr);
    ASSERT_EQ(list->model()->rowCount(), 2);
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Delete);
    EXPECT_EQ(list->model()->rowCount(), 1);
    const auto tools = window().sides().takes().findChildren<QToolButton*>();
    const auto show = std::find_if(tools.begin(), tools.end(),
                                   [](const QToolButton* tool) { return tool->isCheckable(); });
    ASSERT_NE(show, tools.end());
    (*show)->setChecked(true);
    ASSERT_EQ(list->model()->rowCount(), 2);
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Delete);
    EXPECT_FALSE(session().state().takes[0].deleted);
    EXPECT_EQ(session().history().back().name, "Restore take");
}

TEST_F(CompareTest, AStepOfTheHistoryIsOneClickAway) {
    openTwoTakes();
    const std::int64_t before = session().step();
    session().apply(project::RenameTake{session().takeA()->id, "Best"});
    session().apply(project::StarTake{session().takeA()->id, true});
    window().inspect().tabs().setCurrentWidget(&window().inspect().history());
    QListWidget& list = window().inspect().history().list();
    ASSERT_EQ(list.count(), static_cast<int>(session().history().size()) + 1);
    QListWidgetItem* const older = list.item(2);
    Q_EMIT list.itemClicked(older);
    EXPECT_EQ(session().step(), before);
    EXPECT_FALSE(session().takeA()->starred);
    EXPECT_NE(session().takeA()->name, "Best");
    Q_EMIT list.itemClicked(list.item(0));
    EXPECT_TRUE(session().takeA()->starred);
    EXPECT_EQ(session().takeA()->name, "Best");
}

TEST_F(CompareTest, WhatWentWrongIsListedAndCounted) {
    window().issues().clear(); // that there is no avatar
    parts().loader.open({folder / "missing.npz"});
    settle();
    ASSERT_EQ(window().issues().issues().size(), 1U);
    parts().loader.open({folder / "missing.npz"});
    settle();
    ASSERT_EQ(window().issues().issues().size(), 1U);
    EXPECT_EQ(window().issues().issues().front().count, 2);
    QListWidget& list = window().inspect().issues().list();
    ASSERT_EQ(list.count(), 1);
    EXPECT_TRUE(list.item(0)->text().contains(QStringLiteral("missing.npz")));
    list.setCurrentRow(0);
    QTest::keyClick(&list, Qt::Key_Delete);
    EXPECT_TRUE(window().issues().issues().empty());
}

TEST_F(CompareTest, WithoutAModelGeneratingIsOffAndSaysWhy) {
    openTwoTakes();
    session().setBundles({});
    for (const ActionId id :
         {ActionId::GenNewTakes, ActionId::GenAnalyse, ActionId::GenRegenerate}) {
        EXPECT_FALSE(parts().actions[id].isEnabled());
        EXPECT_TRUE(parts().actions[id].toolTip().contains(QStringLiteral("No model")))
            << parts().actions[id].toolTip().toStdString();
    }
    EXPECT_EQ(window().inspect().attention().content().offer, MapOffer::NoSuchMap);
}

TEST(GateStretches, AGateReplacesWhatWasThereAndAutoTakesItAway) {
    using project::Gate;
    auto gates = withGate({}, {{8}, {24}}, Gate::Base);
    gates = withGate(gates, {{12}, {16}}, Gate::Sparse);
    ASSERT_EQ(gates.size(), 3U);
    EXPECT_EQ(gates[1].range, (FrameRange{{12}, {16}}));
    EXPECT_EQ(gates[1].gate, Gate::Sparse);
    gates = withGate(gates, {{12}, {16}}, Gate::Base);
    ASSERT_EQ(gates.size(), 1U) << "neighbours with one gate are one";
    EXPECT_EQ(gates[0].range, (FrameRange{{8}, {24}}));
    EXPECT_TRUE(withGate(gates, {{0}, {40}}, Gate::Auto).empty());
    inference::SemanticTrack track;
    track.framesPerToken = 4;
    track.score.assign(8, 0.5F);
    const auto tokens = gatesOfTokens(gates, track);
    EXPECT_EQ(tokens[1], GateMode::Auto);
    EXPECT_EQ(tokens[2], GateMode::Base);
    EXPECT_EQ(tokens[5], GateMode::Base);
    EXPECT_EQ(tokens[6], GateMode::Auto);
}

} // namespace
} // namespace gesture::app
