// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/content_index.h"
#include "app/studio/timeline/tools/word_edits.h"
#include "tests/app/studio/plausible_content.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace gesture::app {
namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

TEST(CurveMips, TheHighestOfAnyStretchIsThatOfItsValues) {
    std::mt19937 random(3);
    std::uniform_real_distribution<float> values(0, 1);
    std::vector<float> curve(1000);
    for (float& value : curve) {
        value = values(random) < 0.1F ? kNothing : values(random);
    }
    const CurveMips mips(curve);
    for (int i = 0; i < 500; ++i) {
        const auto begin = static_cast<std::int64_t>(random() % 1000);
        const auto end = begin + static_cast<std::int64_t>(random() % 400);
        float expected = kNothing;
        for (std::int64_t at = begin; at < std::min<std::int64_t>(end, 1000); ++at) {
            const float value = curve[static_cast<std::size_t>(at)];
            if (!std::isnan(value) && !(value <= expected)) expected = value;
        }
        const float found = mips.highest(begin, end);
        EXPECT_TRUE(found == expected || (std::isnan(found) && std::isnan(expected)))
            << begin << " to " << end;
    }
}

TEST(CurveMips, OutsideOfTheCurveIsNothing) {
    const std::vector<float> curve{1, 2, 3};
    const CurveMips mips(curve);
    EXPECT_TRUE(std::isnan(mips.at(-1)));
    EXPECT_TRUE(std::isnan(mips.at(3)));
    EXPECT_TRUE(std::isnan(mips.highest(3, 90)));
    EXPECT_EQ(mips.highest(-50, 90), 3);
    EXPECT_TRUE(std::isnan(CurveMips().highest(0, 1)));
}

TEST(TimelineContent, EqualContentsNeedNoRepaint) {
    const TimelineContent content = test::plausibleContent(600);
    const TimelineContent same = content;
    EXPECT_TRUE(differenceOf(content, same).nothing());
}

TEST(TimelineContent, AChangedMaskNamesItsColumns) {
    const TimelineContent before = test::plausibleContent(600);
    TimelineContent after = before;
    after.mask.paint({{500}, {512}}, inference::kAllParts);
    const ContentDifference difference = differenceOf(before, after);
    ASSERT_TRUE(difference.maskColumns);
    EXPECT_EQ(*difference.maskColumns, (FrameRange{{500}, {512}}));
    EXPECT_TRUE(difference.lanes.empty());
    EXPECT_FALSE(difference.layout);
}

TEST(TimelineContent, AMaskThatBeginsIsADifference) {
    TimelineContent after;
    after.mask = inference::EditMask(100);
    ASSERT_TRUE(differenceOf({}, after).maskColumns);
    EXPECT_EQ(differenceOf({}, after).maskColumns->end.value, 100);
}

TEST(TimelineContent, OtherChangesNameTheirLanes) {
    const TimelineContent before = test::plausibleContent(600);
    TimelineContent after = before;
    after.threshold = 0.7;
    EXPECT_EQ(differenceOf(before, after).lanes, LaneSet{LaneId::Semantic});
    after = before;
    after.takes[1].starred = true;
    EXPECT_EQ(differenceOf(before, after).lanes, LaneSet{LaneId::Take2});
    after.takes.pop_back();
    EXPECT_TRUE(differenceOf(before, after).layout);
    after = before;
    after.locked.set(LaneId::Hands);
    EXPECT_EQ(differenceOf(before, after).lanes, LaneSet{LaneId::Hands});
    after = before;
    after.markers.clear();
    EXPECT_TRUE(differenceOf(before, after).ruler);
}

TEST(TimelineContent, SoloedPartsAloneAreEditableAndNeverLockedOnes) {
    TimelineContent content;
    EXPECT_TRUE(content.editable(motion::BodyPart::Lower));
    content.solo = {LaneId::Hands, LaneId::Face};
    content.locked = {LaneId::Face};
    EXPECT_TRUE(content.editable(motion::BodyPart::Hands));
    EXPECT_FALSE(content.editable(motion::BodyPart::Face));
    EXPECT_FALSE(content.editable(motion::BodyPart::Lower));
}

TEST(TimelineContent, MasksAreCutAndContinued) {
    inference::EditMask mask(10);
    mask.paint({{5}, {10}}, inference::kAllParts);
    EXPECT_EQ(maskOfLength(mask, 8).runs().at(0), (FrameRange{{5}, {8}}));
    EXPECT_EQ(maskOfLength(mask, 20).runs().at(0), (FrameRange{{5}, {10}}));
    EXPECT_EQ(maskOfLength(mask, 20).frameCount(), 20);
}

TEST(ContentIndex, CellsAreWhatWillReallyChange) {
    inference::EditMask mask(40);
    mask.paint({{6}, {9}}, inference::kAllParts);
    ContentIndex index;
    index.readMask(mask, 4);
    EXPECT_EQ(index.runs[motion::BodyPart::Hands].at(0), (FrameRange{{6}, {9}}));
    EXPECT_EQ(index.cells[motion::BodyPart::Hands].at(0), (FrameRange{{4}, {12}}));
    EXPECT_EQ(index.maskedFrames[motion::BodyPart::Hands], 3);
}

audio::Transcript threeWords() {
    audio::Transcript transcript;
    transcript.words = {
        {"how", {1.0}, {1.4}, {}}, {"wide", {1.4}, {2.0}, {}}, {"open", {2.5}, {3.0}, {}}};
    transcript.duration = {4};
    return transcript;
}

TEST(WordEdits, WordsThatTouchShareTheirBoundary) {
    const auto moved = withMovedEdge(threeWords(), 0, WordEdge::End, {1.6});
    EXPECT_DOUBLE_EQ(moved.words[0].end.value, 1.6);
    EXPECT_DOUBLE_EQ(moved.words[1].begin.value, 1.6);
    EXPECT_TRUE(audio::validate(moved).ok());
}

TEST(WordEdits, AGapMayCloseButNotTurnRound) {
    const auto moved = withMovedEdge(threeWords(), 1, WordEdge::End, {2.9});
    EXPECT_DOUBLE_EQ(moved.words[1].end.value, 2.5);
    EXPECT_DOUBLE_EQ(moved.words[2].begin.value, 2.5);
    EXPECT_TRUE(audio::validate(moved).ok());
}

TEST(WordEdits, NoWordVanishesOrLeavesTheSound) {
    EXPECT_GT(withMovedEdge(threeWords(), 1, WordEdge::Begin, {9}).words[1].end.value,
              withMovedEdge(threeWords(), 1, WordEdge::Begin, {9}).words[1].begin.value);
    EXPECT_DOUBLE_EQ(withMovedEdge(threeWords(), 2, WordEdge::End, {9}).words[2].end.value, 4);
    EXPECT_DOUBLE_EQ(withMovedEdge(threeWords(), 0, WordEdge::Begin, {-3}).words[0].begin.value, 0);
    for (const double time : {-3.0, 0.0, 1.1, 1.7, 2.2, 3.5, 9.0}) {
        for (std::size_t word = 0; word < 3; ++word) {
            for (const WordEdge edge : {WordEdge::Begin, WordEdge::End}) {
                EXPECT_TRUE(audio::validate(withMovedEdge(threeWords(), word, edge, {time})).ok());
            }
        }
    }
}

TEST(Words, TheWordAtATimeIsNoPause) {
    TimelineContent content;
    EXPECT_FALSE(wordAt(content, {1}));
    content.transcript = std::make_shared<const audio::Transcript>(threeWords());
    EXPECT_EQ(wordAt(content, {1.5}), 1U);
    EXPECT_FALSE(wordAt(content, {2.2}));
    EXPECT_FALSE(wordAt(content, {0.5}));
    EXPECT_FALSE(wordAt(content, {3.5}));
}

} // namespace
} // namespace gesture::app
