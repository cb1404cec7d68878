// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/mask_panel.h"

#include "core/inference/mask_strategy.h"
#include "tests/app/studio/attention/made_up_analysis.h"
#include "tests/app/studio/signal_log.h"
#include "tests/app/studio/widget_picture.h"

#include <QApplication>
#include <QKeyEvent>

namespace gesture::app {
namespace {

using inference::EditMask;
using motion::BodyPart;

MaskContent madeUpMaskContent() {
    const auto analysis = test::madeUpAnalysis({8, 1, 1, 1, {}});
    MaskContent content;
    content.mask = EditMask(analysis->frames());
    content.transcript = test::madeUpTranscript(static_cast<double>(analysis->frames()) / 30);
    content.score = analysis->semantic().score;
    content.fused = analysis->fusedImportance();
    for (const BodyPart part : analysis->parts()) {
        content.importance[part] = *analysis->importance(part);
    }
    content.loss = analysis->lossPerFrame();
    content.training = inference::echoMaskMaskTraining();
    content.secondsPerWindow = 0.1;
    return content;
}

std::int64_t maskedFrames(const EditMask& mask) { return costOf(mask, {}).frames; }

TEST(MaskRecipes, EachBuilderIsItsStrategy) {
    const MaskContent content = madeUpMaskContent();
    const std::int64_t frames = content.mask.frameCount();
    const inference::MaskCanvas canvas{frames, {30, 1}, inference::kAllParts};
    MaskRecipe recipe;
    recipe.threshold = 0.6;
    EXPECT_EQ(*foundBy(recipe, content), inference::maskAbove(content.score, 4, 0.6, canvas));
    recipe.builder = MaskBuilder::Importance;
    recipe.threshold = 1.2;
    EXPECT_EQ(*foundBy(recipe, content), inference::maskAbove(content.fused, 1, 1.2, canvas));
    recipe.builder = MaskBuilder::Random;
    recipe.share = 0.3;
    recipe.seed = 7;
    EXPECT_EQ(*foundBy(recipe, content), inference::maskRandom(0.3, 4, 7, canvas));
    recipe.builder = MaskBuilder::Loss;
    EXPECT_EQ(*foundBy(recipe, content), inference::maskHighest(content.loss, 0.3, canvas));
    recipe.builder = MaskBuilder::Words;
    recipe.words = {"valley"};
    EXPECT_EQ(*foundBy(recipe, content),
              *inference::maskWords(*content.transcript, recipe.words, canvas));
}

TEST(MaskRecipes, TopTakesExactlySoManyFrames) {
    const MaskContent content = madeUpMaskContent();
    MaskRecipe recipe;
    recipe.builder = MaskBuilder::Top;
    recipe.frames = 44;
    EXPECT_EQ(maskedFrames(*foundBy(recipe, content)), 44);
}

TEST(MaskRecipes, PerPartEachPartGoesByItsOwnImportance) {
    const MaskContent content = madeUpMaskContent();
    MaskRecipe recipe;
    recipe.builder = MaskBuilder::Importance;
    recipe.threshold = 1.3;
    recipe.wholeFrames = false;
    recipe.parts = {};
    recipe.parts[BodyPart::Hands] = true;
    const auto mask = foundBy(recipe, content);
    ASSERT_TRUE(mask.ok());
    const auto& hands = content.importance[BodyPart::Hands];
    for (std::size_t frame = 0; frame < hands.size(); ++frame) {
        const FrameIndex index{static_cast<std::int64_t>(frame)};
        EXPECT_EQ(mask->at(index, BodyPart::Hands), hands[frame] > 1.3F);
        EXPECT_FALSE(mask->at(index, BodyPart::Upper));
    }
}

TEST(MaskRecipes, WhatIsMissingIsSaid) {
    MaskContent content;
    content.mask = EditMask(100);
    for (const MaskBuilder builder :
         {MaskBuilder::Score, MaskBuilder::Importance, MaskBuilder::Top, MaskBuilder::Loss,
          MaskBuilder::Words, MaskBuilder::Selection}) {
        MaskRecipe recipe;
        recipe.builder = builder;
        recipe.words = {"valley"};
        const auto mask = foundBy(recipe, content);
        ASSERT_FALSE(mask.ok());
        EXPECT_FALSE(mask.error().message().empty());
    }
}

TEST(MaskRecipes, JoiningAddsAndTakesAway) {
    MaskContent content;
    content.mask = EditMask(100);
    content.mask.paint({{10}, {20}}, inference::kAllParts);
    content.selection = FrameRange{{15}, {30}};
    MaskRecipe recipe;
    recipe.builder = MaskBuilder::Selection;
    EXPECT_EQ(buildMask(recipe, content)->runs(), (std::vector<FrameRange>{{{15}, {30}}}));
    recipe.join = MaskJoin::Add;
    EXPECT_EQ(buildMask(recipe, content)->runs(), (std::vector<FrameRange>{{{10}, {30}}}));
    recipe.join = MaskJoin::Remove;
    EXPECT_EQ(buildMask(recipe, content)->runs(), (std::vector<FrameRange>{{{10}, {15}}}));
}

TEST(MaskBlocks, PartsOfTheSameRangeAreOneBlock) {
    EditMask mask(100);
    inference::PartSet two;
    two[BodyPart::Upper] = two[BodyPart::Hands] = true;
    mask.paint({{40}, {60}}, two);
    inference::PartSet one;
    one[BodyPart::Lower] = true;
    mask.paint({{10}, {20}}, one);
    const auto blocks = blocksOf(mask);
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_EQ(blocks[0], (MaskBlock{one, {{10}, {20}}}));
    EXPECT_EQ(blocks[1], (MaskBlock{two, {{40}, {60}}}));
}

class MaskPanelTest : public ::testing::Test {
protected:
    MaskPanelTest() { panel.setContent(content); }

    void paint(FrameRange range) {
        content.mask.paint(range, inference::kAllParts);
        panel.setContent(content);
    }
    MaskContent content = madeUpMaskContent();
    MaskPanel panel{darkTheme()};
};

TEST_F(MaskPanelTest, NothingIsPreviewedBeforeTheFormIsUsed) {
    const test::SignalLog previews(&panel, &MaskPanel::previewChanged);
    panel.setContent(content);
    panel.setSelection(FrameRange{{1}, {9}});
    EXPECT_EQ(previews.size(), 0U);
    EXPECT_FALSE(panel.preview());
}

TEST_F(MaskPanelTest, FieldsPreviewAndApplyIsOneStep) {
    const test::SignalLog previews(&panel, &MaskPanel::previewChanged);
    const test::SignalLog masks(&panel, &MaskPanel::maskChanged);
    panel.form().threshold().setValue(60);
    panel.form().threshold().setValue(70);
    ASSERT_EQ(previews.size(), 2U);
    EXPECT_EQ(masks.size(), 0U);
    const EditMask shown = *std::get<0>(previews[1]);
    panel.apply().click();
    ASSERT_EQ(masks.size(), 1U);
    EXPECT_EQ(std::get<0>(masks[0]), shown);
    EXPECT_EQ(std::get<1>(masks[0]), QStringLiteral("Mask score above 0.70"));
    EXPECT_FALSE(std::get<0>(previews.last()));
    EXPECT_FALSE(panel.apply().isEnabled()); // the mask is like that already
}

TEST_F(MaskPanelTest, HidingThePanelEndsThePreview) {
    panel.show();
    panel.form().threshold().setValue(70);
    ASSERT_TRUE(panel.preview());
    panel.hide();
    EXPECT_FALSE(panel.preview());
}

TEST_F(MaskPanelTest, EveryChangeIsAGestureOfItsOwn) {
    paint({{40}, {60}});
    const test::SignalLog masks(&panel, &MaskPanel::maskChanged);
    panel.grow();
    panel.grow();
    ASSERT_EQ(masks.size(), 2U);
    EXPECT_EQ(std::get<0>(masks[0]).runs(), (std::vector<FrameRange>{{{36}, {64}}}));
    EXPECT_EQ(std::get<0>(masks[1]).runs(), (std::vector<FrameRange>{{{32}, {68}}}));
    EXPECT_NE(std::get<2>(masks[0]), std::get<2>(masks[1]));
    panel.step().setValue(30);
    panel.shrink();
    EXPECT_TRUE(std::get<0>(masks.last()).empty());
}

TEST_F(MaskPanelTest, InvertingAndClearing) {
    paint({{0}, {100}});
    const test::SignalLog masks(&panel, &MaskPanel::maskChanged);
    panel.invert();
    EXPECT_EQ(std::get<0>(masks[0]).runs(),
              (std::vector<FrameRange>{{{100}, {content.mask.frameCount()}}}));
    panel.clear();
    EXPECT_TRUE(std::get<0>(masks[1]).empty());
    panel.clear();
    EXPECT_EQ(masks.size(), 2U); // nothing to clear
}

TEST_F(MaskPanelTest, DeleteClearsTheChosenBlock) {
    paint({{40}, {60}});
    paint({{80}, {90}});
    const test::SignalLog blocks(&panel, &MaskPanel::blockChosen);
    const test::SignalLog masks(&panel, &MaskPanel::maskChanged);
    panel.list().setCurrentIndex(panel.list().model()->index(0, 0));
    ASSERT_EQ(blocks.size(), 1U);
    EXPECT_EQ(std::get<0>(blocks[0]).range, (FrameRange{{40}, {60}}));
    QKeyEvent event(QEvent::KeyPress, Qt::Key_Delete, Qt::NoModifier);
    QApplication::sendEvent(&panel.list(), &event);
    ASSERT_EQ(masks.size(), 1U);
    EXPECT_EQ(std::get<0>(masks[0]).runs(), (std::vector<FrameRange>{{{80}, {90}}}));
}

TEST_F(MaskPanelTest, PerPartBuildsOnlyInTheTickedParts) {
    const test::SignalLog whole(&panel, &MaskPanel::wholeFramesChanged);
    const test::SignalLog masks(&panel, &MaskPanel::maskChanged);
    QKeyEvent right(QEvent::KeyPress, Qt::Key_Right, Qt::NoModifier);
    QApplication::sendEvent(&panel.whole(), &right);
    ASSERT_EQ(whole.size(), 1U);
    EXPECT_FALSE(std::get<0>(whole[0]));
    panel.partBox(BodyPart::Face).setChecked(false);
    panel.partBox(BodyPart::Lower).setChecked(false);
    panel.setSelection(FrameRange{{10}, {20}});
    panel.build(MaskBuilder::Selection);
    ASSERT_EQ(masks.size(), 1U);
    EXPECT_TRUE(std::get<0>(masks[0]).at({12}, BodyPart::Hands));
    EXPECT_FALSE(std::get<0>(masks[0]).at({12}, BodyPart::Face));
}

TEST_F(MaskPanelTest, TheFootSaysWhatItCosts) {
    paint({{100}, {144}});
    EXPECT_EQ(panel.footText(), QStringLiteral("44 of 484 frames · 1 window · about 0.1 s"));
}

TEST_F(MaskPanelTest, TheMeterJudgesThePreviewToo) {
    paint({{100}, {120}});
    EXPECT_EQ(panel.fitMeter().fit(), inference::MaskFit::Trained);
    inference::PartSet hands;
    hands[BodyPart::Hands] = true;
    content.mask = EditMask(content.mask.frameCount());
    content.mask.paint({{100}, {120}}, hands);
    panel.setContent(content);
    EXPECT_EQ(panel.fitMeter().fit(), inference::MaskFit::Unseen);
    EXPECT_TRUE(panel.fitMeter().text().contains(QStringLiteral("single body parts")));
}

TEST_F(MaskPanelTest, LongBlocksSayIntoHowManyWindowsTheyAreSplit) {
    paint({{100}, {220}});
    const QModelIndex cell = panel.list().model()->index(0, 0);
    EXPECT_TRUE(cell.data(Qt::ToolTipRole).toString().contains(QStringLiteral("split into")));
}

TEST_F(MaskPanelTest, AMissingWordIsSaidAndNothingCanBeApplied) {
    panel.form().choose(MaskBuilder::Words);
    panel.form().words().setText(QStringLiteral("zebra"));
    EXPECT_FALSE(panel.apply().isEnabled());
    EXPECT_TRUE(panel.messageText().contains(QStringLiteral("zebra")));
    panel.form().words().setText(QStringLiteral("valley, whole"));
    EXPECT_TRUE(panel.apply().isEnabled());
}

TEST_F(MaskPanelTest, TheMarginIsReportedInFrames) {
    const test::SignalLog margins(&panel, &MaskPanel::blendMarginChanged);
    panel.margin().setValue(0);
    panel.margin().setValue(12);
    ASSERT_EQ(margins.size(), 2U);
    EXPECT_EQ(std::get<0>(margins[1]), 12);
    EXPECT_TRUE(std::get<1>(margins[1]));
}

TEST_F(MaskPanelTest, FitsItsDockInBothThemes) {
    inference::PartSet hands;
    hands[BodyPart::Hands] = true;
    content.mask.paint({{40}, {84}}, hands);
    content.mask.paint({{200}, {300}}, inference::kAllParts);
    content.wholeFrames = false;
    for (const ThemeKind kind : {ThemeKind::Dark, ThemeKind::Light}) {
        MaskPanel shown(themeOf(kind));
        shown.setContent(content);
        EXPECT_TRUE(test::fits(shown, {364, 620}, kind, "mask"));
    }
    for (const ThemeKind kind : {ThemeKind::Dark, ThemeKind::Light}) {
        MaskPanel shown(themeOf(kind));
        shown.setContent(madeUpMaskContent());
        EXPECT_TRUE(test::fits(shown, {364, 466}, kind, "mask-empty"));
    }
}

} // namespace
} // namespace gesture::app
