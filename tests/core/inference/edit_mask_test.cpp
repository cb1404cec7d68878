// SPDX-License-Identifier: Apache-2.0
#include "core/inference/edit_mask.h"

#include "tests/support/counter_random.h"

#include <gtest/gtest.h>

namespace gesture::inference {
namespace {

using motion::BodyPart;

constexpr PartSet kHands{{false, false, true, false}};
constexpr PartSet kUpperAndHands{{false, true, true, false}};

EditMask randomMask(std::int64_t frames, std::uint64_t stream) {
    EditMask mask(frames);
    for (std::uint64_t i = 0; i < 5; ++i) {
        const auto bits = test::counterBits(stream, i);
        const auto begin = static_cast<std::int64_t>(bits % static_cast<std::uint64_t>(frames));
        PartSet parts;
        for (std::size_t part = 0; part < 4; ++part) {
            parts.values[part] = ((bits >> (20 + part)) & 1U) != 0;
        }
        mask.paint({{begin}, {begin + static_cast<std::int64_t>(bits >> 58)}}, parts);
    }
    return mask;
}

TEST(EditMask, StartsEmpty) {
    EXPECT_TRUE(EditMask(10).empty());
    EXPECT_EQ(EditMask(10).frameCount(), 10);
    EXPECT_EQ(EditMask().frameCount(), 0);
    EXPECT_TRUE(EditMask(10).runs().empty());
}

TEST(EditMask, PaintingTouchesItsPartsAndRangeOnly) {
    EditMask mask(10);
    mask.paint({{3}, {6}}, kUpperAndHands);
    for (std::int64_t frame = 0; frame < 10; ++frame) {
        const bool inside = frame >= 3 && frame < 6;
        EXPECT_EQ(mask.at({frame}, BodyPart::Upper), inside);
        EXPECT_EQ(mask.at({frame}, BodyPart::Hands), inside);
        EXPECT_FALSE(mask.at({frame}, BodyPart::Face));
        EXPECT_FALSE(mask.at({frame}, BodyPart::Lower));
    }
}

TEST(EditMask, RangesAreCutToTheMotion) {
    EditMask mask(10);
    mask.paint({{-100}, {2}}, kHands);
    mask.paint({{8}, {1'000'000'000'000}}, kHands);
    mask.paint({{7}, {5}}, kHands);
    const std::vector<FrameRange> wanted{{{0}, {2}}, {{8}, {10}}};
    EXPECT_EQ(mask.runs(BodyPart::Hands), wanted);
    mask.erase({{1}, {9}}, kAllParts);
    const std::vector<FrameRange> left{{{0}, {1}}, {{9}, {10}}};
    EXPECT_EQ(mask.runs(), left);
}

TEST(EditMask, CellsComeBackAsTheyWere) {
    const EditMask mask = randomMask(40, 7);
    const auto read = EditMask::fromCells(mask.cells());
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read, mask);
}

TEST(EditMask, CellsOfOtherSizesOrNumbersAreRefused) {
    const std::vector<std::uint8_t> odd(7, 0);
    EXPECT_EQ(EditMask::fromCells(odd).error().code(), ErrorCode::InvalidInput);
    std::vector<std::uint8_t> wrong(8, 1);
    wrong[5] = 2;
    const auto refused = EditMask::fromCells(wrong);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().message().find("Frame 1"), std::string::npos);
}

TEST(EditMask, InvertingTwiceChangesNothing) {
    for (std::uint64_t stream = 0; stream < 20; ++stream) {
        EditMask mask = randomMask(90, stream);
        const EditMask before = mask;
        mask.invert(kHands);
        EXPECT_EQ(mask.runs(BodyPart::Upper), before.runs(BodyPart::Upper));
        EXPECT_NEAR(mask.share({{0}, {90}}, BodyPart::Hands),
                    1.0 - before.share({{0}, {90}}, BodyPart::Hands), 1e-12);
        mask.invert(kHands);
        EXPECT_EQ(mask, before);
    }
}

TEST(EditMask, GrowingAndShrinkingMoveTheEnds) {
    EditMask mask(30);
    mask.paint({{10}, {14}}, kHands);
    mask.grow(3);
    EXPECT_EQ(mask.runs(BodyPart::Hands), (std::vector<FrameRange>{{{7}, {17}}}));
    mask.shrink(3);
    EXPECT_EQ(mask.runs(BodyPart::Hands), (std::vector<FrameRange>{{{10}, {14}}}));
    mask.shrink(2);
    EXPECT_TRUE(mask.empty());
}

TEST(EditMask, GrowingJoinsNeighboursAndStopsAtTheEnds) {
    EditMask mask(20);
    mask.paint({{2}, {4}}, kHands);
    mask.paint({{8}, {9}}, kHands);
    mask.grow(2);
    EXPECT_EQ(mask.runs(BodyPart::Hands), (std::vector<FrameRange>{{{0}, {11}}}));
    mask.grow(std::int64_t{1} << 62);
    EXPECT_EQ(mask.runs(BodyPart::Hands), (std::vector<FrameRange>{{{0}, {20}}}));
    mask.shrink(5);
    EXPECT_EQ(mask.runs(BodyPart::Hands), (std::vector<FrameRange>{{{0}, {20}}}))
        << "the ends of the motion are no ends of the stretch";
}

TEST(EditMask, UnionAndIntersectionGoCellByCell) {
    const EditMask a = randomMask(60, 1);
    const EditMask b = randomMask(60, 2);
    EditMask both = a;
    both.intersect(b);
    EditMask either = a;
    either.unite(b);
    for (std::size_t i = 0; i < a.cells().size(); ++i) {
        EXPECT_EQ(both.cells()[i], a.cells()[i] & b.cells()[i]);
        EXPECT_EQ(either.cells()[i], a.cells()[i] | b.cells()[i]);
    }
}

TEST(EditMask, SnappingFillsTokensAndTheLastMayBeShort) {
    EditMask mask(10);
    mask.paint({{5}, {6}}, kHands);
    mask.paint({{9}, {10}}, kUpperAndHands);
    mask.snapToTokens(4);
    EXPECT_EQ(mask.runs(BodyPart::Hands), (std::vector<FrameRange>{{{4}, {10}}}));
    EXPECT_EQ(mask.runs(BodyPart::Upper), (std::vector<FrameRange>{{{8}, {10}}}));
    EditMask same = mask;
    same.snapToTokens(1);
    EXPECT_EQ(same, mask);
    same.snapToTokens(4);
    EXPECT_EQ(same, mask);
}

TEST(EditMask, ShareCountsCellsOfTheWindowInTheMotion) {
    EditMask mask(10);
    mask.paint({{6}, {10}}, kUpperAndHands);
    EXPECT_DOUBLE_EQ(mask.share({{4}, {8}}, BodyPart::Hands), 0.5);
    EXPECT_DOUBLE_EQ(mask.share({{4}, {8}}), 0.25);
    EXPECT_DOUBLE_EQ(mask.share({{8}, {80}}, BodyPart::Upper), 1.0);
    EXPECT_DOUBLE_EQ(mask.share({{50}, {80}}), 0.0);
}

} // namespace
} // namespace gesture::inference
