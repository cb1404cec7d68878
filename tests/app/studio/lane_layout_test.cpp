// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lane_layout.h"

#include <gtest/gtest.h>

namespace gesture::app {
namespace {

LaneLayout layoutOf(const Density& density, std::size_t takes) {
    LaneLayout layout;
    layout.setDensity(density);
    layout.setTakes(takes);
    layout.setSize({1600, layout.wantedHeight()});
    return layout;
}

TEST(LaneLayout, LanesLieInTheOrderOfTheDesignWithoutGaps) {
    const LaneLayout layout = layoutOf(kStandardDensity, 2);
    const LaneId order[] = {LaneId::Speech,     LaneId::Words, LaneId::Semantic, LaneId::Attention,
                            LaneId::Importance, LaneId::Face,  LaneId::Upper,    LaneId::Hands,
                            LaneId::Lower,      LaneId::Take1, LaneId::Take2};
    ASSERT_EQ(layout.rows().size(), std::size(order));
    int y = layout.ruler().bottom() + 1;
    for (std::size_t i = 0; i < std::size(order); ++i) {
        EXPECT_EQ(layout.rows()[i].id, order[i]);
        EXPECT_EQ(layout.rows()[i].place.top(), y);
        y = layout.rows()[i].place.bottom() + 1;
    }
    EXPECT_EQ(y, layout.wholeClip().top());
}

TEST(LaneLayout, DensitiesGiveTheHeightsOfTheDesign) {
    EXPECT_EQ(layoutOf(kStandardDensity, 2).wantedHeight(), 382);
    EXPECT_EQ(layoutOf(kCompactDensity, 2).wantedHeight(), 280);
    EXPECT_EQ(densityOf(720), kCompactDensity);
    EXPECT_EQ(densityOf(1000), kStandardDensity);
    EXPECT_EQ(densityOf(1300), kComfortableDensity);
}

TEST(LaneLayout, WithoutTakesOneLaneSaysSo) {
    const LaneLayout layout = layoutOf(kStandardDensity, 0);
    EXPECT_NE(layout.find(LaneId::Take1), nullptr);
    EXPECT_EQ(layout.find(LaneId::Take2), nullptr);
}

TEST(LaneLayout, MoreThanEightTakesShowEight) {
    const LaneLayout layout = layoutOf(kStandardDensity, 30);
    EXPECT_NE(layout.find(LaneId::Take8), nullptr);
    EXPECT_EQ(layout.rows().size(), static_cast<std::size_t>(kLaneCount) - 1);
}

TEST(LaneLayout, TheDifferenceHasALaneWhileTakesAreCompared) {
    LaneLayout layout = layoutOf(kStandardDensity, 2);
    EXPECT_EQ(layout.find(LaneId::Difference), nullptr);
    layout.setCompared(true);
    ASSERT_NE(layout.find(LaneId::Difference), nullptr);
    EXPECT_EQ(layout.find(LaneId::Difference)->place.top(),
              layout.find(LaneId::Importance)->place.bottom() + 1);
}

TEST(LaneLayout, LanesThatDoNotFitScrollUnderTheRuler) {
    LaneLayout layout = layoutOf(kStandardDensity, 2);
    EXPECT_EQ(layout.overflow(), 0);
    EXPECT_FALSE(layout.scrollTo(50));
    layout.setSize({1600, 282});
    EXPECT_EQ(layout.overflow(), 100);
    EXPECT_TRUE(layout.scrollTo(500));
    EXPECT_EQ(layout.scroll(), 100);
    EXPECT_EQ(layout.find(LaneId::Take2)->place.bottom() + 1, layout.wholeClip().top());
    EXPECT_EQ(layout.rowAt(layout.ruler().center().y()), nullptr);
    EXPECT_TRUE(layout.scrollIntoView(LaneId::Speech));
    EXPECT_EQ(layout.scroll(), 0);
}

TEST(LaneLayout, TheSpeechLaneGivesALineOrTwoAway) {
    LaneLayout layout = layoutOf(kCompactDensity, 2);
    layout.setSize({1280, 278});
    EXPECT_EQ(layout.overflow(), 0);
    EXPECT_EQ(layout.find(LaneId::Speech)->place.height(), 34);
    EXPECT_EQ(layout.rows().back().place.bottom() + 1, layout.wholeClip().top());
}

TEST(LaneLayout, RoomThatIsLeftGoesToTheCurves) {
    LaneLayout layout = layoutOf(kStandardDensity, 2);
    layout.setSize({1600, 402});
    EXPECT_EQ(layout.find(LaneId::Speech)->place.height(), 76);
    EXPECT_EQ(layout.find(LaneId::Words)->place.height(), 24);
}

TEST(LaneLayout, FoldedLanesAreFourteenHigh) {
    LaneLayout layout = layoutOf(kStandardDensity, 2);
    LaneArrangement arrangement;
    arrangement.collapsed.set(LaneId::Importance);
    layout.setArrangement(arrangement);
    EXPECT_EQ(layout.find(LaneId::Importance)->place.height(), 14);
    EXPECT_TRUE(layout.find(LaneId::Importance)->collapsed);
}

TEST(LaneLayout, HiddenLanesTakeNoRoom) {
    LaneLayout layout = layoutOf(kStandardDensity, 2);
    LaneArrangement arrangement;
    arrangement.hidden.set(LaneId::Words);
    layout.setArrangement(arrangement);
    EXPECT_EQ(layout.find(LaneId::Words), nullptr);
    EXPECT_EQ(layout.wantedHeight(), 382 - 24);
}

TEST(LaneLayout, MovedLanesKeepTheOthersInOrder) {
    LaneLayout layout = layoutOf(kStandardDensity, 2);
    const int below = layout.find(LaneId::Semantic)->place.center().y() + 1;
    layout.setArrangement(layout.moved(LaneId::Speech, layout.dropIndex(below)));
    EXPECT_EQ(layout.rows()[0].id, LaneId::Words);
    EXPECT_EQ(layout.rows()[1].id, LaneId::Semantic);
    EXPECT_EQ(layout.rows()[2].id, LaneId::Speech);
    EXPECT_EQ(layout.rows()[3].id, LaneId::Attention);
    EXPECT_EQ(layout.arrangement().order.size(), static_cast<std::size_t>(kLaneCount));
}

TEST(LaneLayout, BetweenTwoLanesLieTheirNeighbours) {
    const LaneLayout layout = layoutOf(kStandardDensity, 2);
    const LaneSet expected{LaneId::Upper, LaneId::Hands, LaneId::Lower};
    EXPECT_EQ(layout.between(LaneId::Upper, LaneId::Lower), expected);
    EXPECT_EQ(layout.between(LaneId::Lower, LaneId::Upper), expected);
    EXPECT_EQ(layout.between(LaneId::Words, LaneId::Words), LaneSet{LaneId::Words});
}

TEST(LaneSet, PartsAndLanesAreEachOther) {
    const LaneSet lanes{LaneId::Hands, LaneId::Speech};
    EXPECT_TRUE(partsOf(lanes)[motion::BodyPart::Hands]);
    EXPECT_FALSE(partsOf(lanes)[motion::BodyPart::Upper]);
    EXPECT_EQ(lanesOf(partsOf(lanes)), LaneSet{LaneId::Hands});
    EXPECT_EQ(LaneSet::fromBits(lanes.bits()), lanes);
}

} // namespace
} // namespace gesture::app
