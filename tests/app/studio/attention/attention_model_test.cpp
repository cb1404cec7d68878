// SPDX-License-Identifier: Apache-2.0
#include "tests/app/studio/attention/attention_fixture.h"
#include "tests/app/studio/signal_log.h"

namespace gesture::app {
namespace {

using motion::BodyPart;

class AttentionModelTest : public test::AttentionTest {};

TEST_F(AttentionModelTest, TheWindowFollowsThePlayheadUnlessAskedNotTo) {
    model.setPlayhead({70});
    EXPECT_EQ(model.window(), 1U);
    model.setPlayhead({122}); // shared by two windows: stays in the one that is shown
    EXPECT_EQ(model.window(), 1U);
    model.setPlayhead({130});
    EXPECT_EQ(model.window(), 2U);
    model.setFollow(false);
    model.setPlayhead({5});
    EXPECT_EQ(model.window(), 2U);
    model.setFollow(true);
    EXPECT_EQ(model.window(), 0U);
}

TEST_F(AttentionModelTest, SteppingWindowsStopsAtTheEndsAndStopsFollowing) {
    model.stepWindow(-1);
    EXPECT_EQ(model.window(), 0U);
    EXPECT_FALSE(model.follow());
    model.stepWindow(99);
    EXPECT_EQ(model.window(), 3U);
    EXPECT_EQ(model.windowTitle(), QStringLiteral("4 of 4"));
}

TEST_F(AttentionModelTest, ALayersWheelGoesRoundThroughTheMean) {
    EXPECT_FALSE(model.map().layer);
    model.stepLayer(1);
    EXPECT_EQ(model.map().layer, 0);
    model.stepLayer(-1);
    EXPECT_FALSE(model.map().layer);
    model.stepLayer(-1);
    EXPECT_EQ(model.map().layer, 7);
    model.stepHead(2);
    EXPECT_EQ(model.map().head, 1);
}

TEST_F(AttentionModelTest, AClickGoesToTheFrameAndPinsTheWord) {
    const test::SignalLog frames(&model, &AttentionModel::frameChosen);
    const test::SignalLog words(&model, &AttentionModel::wordPinned);
    const auto word = wordAt(model.content().transcript.get(), {25});
    ASSERT_TRUE(word);
    model.choose({{25}, {33}});
    ASSERT_EQ(frames.size(), 1U);
    EXPECT_EQ(std::get<0>(frames[0]).value, 33);
    ASSERT_EQ(words.size(), 1U);
    EXPECT_EQ(std::get<0>(words[0]), word->index);
    model.setPlayhead({33});
    EXPECT_EQ(model.cursor(), (MapCell{{25}, {33}})); // the row stays while playing
    model.setPlayhead({34});
    EXPECT_EQ(model.cursor(), (MapCell{{25}, {34}}));
}

TEST_F(AttentionModelTest, APinnedCellStays) {
    model.pinCell(MapCell{{10}, {12}});
    model.setHovered(MapCell{{40}, {41}});
    model.setPlayhead({5});
    EXPECT_EQ(model.cursor(), (MapCell{{10}, {12}}));
    model.pinCell(std::nullopt);
    EXPECT_EQ(model.cursor(), (MapCell{{40}, {41}}));
}

TEST_F(AttentionModelTest, ASelectionBecomesAMaskOfThePart) {
    const test::SignalLog masks(&model, &AttentionModel::selectionToMask);
    model.requestMask();
    EXPECT_EQ(masks.size(), 0U);
    model.setMap({BodyPart::Hands, {}, {}, {}});
    model.setArea(MapArea{{{10}, {20}}, {{30}, {40}}});
    model.requestMask();
    ASSERT_EQ(masks.size(), 1U);
    const auto mask = std::get<0>(masks[0]);
    EXPECT_EQ(mask.frameCount(), analysis().frames());
    EXPECT_TRUE(mask.at({30}, BodyPart::Hands));
    EXPECT_TRUE(mask.at({39}, BodyPart::Hands));
    EXPECT_FALSE(mask.at({40}, BodyPart::Hands));
    EXPECT_FALSE(mask.at({30}, BodyPart::Upper));
    EXPECT_FALSE(std::get<1>(masks[0]).isEmpty());
}

TEST_F(AttentionModelTest, ASelectionInAllPartsLeavesTheFaceOut) {
    const test::SignalLog masks(&model, &AttentionModel::selectionToMask);
    model.setArea(MapArea{{{10}, {20}}, {{30}, {40}}});
    model.requestMask();
    const auto mask = std::get<0>(masks[0]);
    EXPECT_TRUE(mask.at({30}, BodyPart::Lower));
    EXPECT_FALSE(mask.at({30}, BodyPart::Face));
}

TEST_F(AttentionModelTest, AnEditsWindowIsNamedAndItsColumnsAreKnown) {
    AttentionContent content = model.content();
    content.edits.push_back({FrameIndex{120}, std::vector<std::uint8_t>(64, 1)});
    model.setContent(content);
    model.setWindow(2);
    EXPECT_EQ(model.windowTitle(), QStringLiteral("Edit 1  ·  f 120 – 183"));
    ASSERT_NE(model.editedWindow(), nullptr);
    model.setWindow(1);
    EXPECT_EQ(model.editedWindow(), nullptr);
}

TEST_F(AttentionModelTest, AllWindowsShareOneScaleWhenAsked) {
    MapLook look;
    look.normalise = MapNormalise::All;
    model.setLook(look);
    double most = 0;
    for (std::size_t i = 0; i < analysis().windows().size(); ++i) {
        model.setWindow(i);
        most = std::max<double>(most, model.table().largest());
    }
    EXPECT_DOUBLE_EQ(model.largest(), most);
    look.fixedLargest = 0.5;
    model.setLook(look);
    EXPECT_DOUBLE_EQ(model.largest(), 0.5);
}

TEST_F(AttentionModelTest, ComparingTakesBringsTheirDifference) {
    test::AnalysisShape other;
    other.seed = 9;
    model.setCompare(MapCompare::Difference);
    EXPECT_EQ(model.compare(), MapCompare::Off); // nothing to compare with yet
    model.setComparison(test::madeUpContent(other));
    EXPECT_EQ(model.compare(), MapCompare::Difference);
    const MapTable& difference = model.table(MapSide::Difference);
    EXPECT_EQ(difference.at({3}, {4}),
              model.table(MapSide::A).at({3}, {4}) - model.table(MapSide::B).at({3}, {4}));
    model.setComparison(std::nullopt);
    EXPECT_EQ(model.compare(), MapCompare::Off);
}

TEST_F(AttentionModelTest, PeekingAtAHeadEndsWithThePointer) {
    model.setMap({BodyPart::Hands, 1, 1, {}});
    const MapTable chosen = model.table();
    model.peek(HeadPlace{5, 2});
    EXPECT_NE(model.table(), chosen);
    EXPECT_EQ(model.map().layer, 1);
    model.peek(std::nullopt);
    EXPECT_EQ(model.table(), chosen);
}

TEST_F(AttentionModelTest, TheTopShareMarksThatManyFramesOfTheClip) {
    model.setTopShare(0.25);
    std::int64_t frames = 0;
    for (const FrameRange run : model.topFrames().runs()) {
        frames += run.length();
    }
    EXPECT_EQ(frames, analysis().frames() / 4);
    model.setTopShare(std::nullopt);
    EXPECT_TRUE(model.topFrames().empty());
}

TEST_F(AttentionModelTest, WhatIsOutOfDateAsksToBeComputedAgain) {
    const test::SignalLog computed(&model, &AttentionModel::computeRequested);
    const test::SignalLog heads(&model, &AttentionModel::headsRequested);
    model.requestNoticed();
    EXPECT_EQ(heads.size(), 1U);
    AttentionContent content = model.content();
    content.state = MapState::OutOfDate;
    model.setContent(content);
    model.requestNoticed();
    EXPECT_EQ(computed.size(), 1U);
}

TEST_F(AttentionModelTest, LosingTheMapLosesNothingElse) {
    model.setWindow(2);
    model.setContent({});
    EXPECT_TRUE(model.table().empty());
    EXPECT_FALSE(model.cursor());
    EXPECT_EQ(model.windowTitle(), QStringLiteral("No window"));
    model.stepWindow(1);
    model.stepLayer(1);
    model.stepPart(1);
    model.requestMask();
    model.requestExport();
}

} // namespace
} // namespace gesture::app
