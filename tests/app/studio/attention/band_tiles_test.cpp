// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/band_tiles.h"

#include "tests/app/studio/attention/made_up_analysis.h"
#include "tests/app/studio/signal_log.h"

#include <gtest/gtest.h>

#include <cmath>

namespace gesture::app {
namespace {

using motion::BodyPart;

BandSource sourceOf(int windows) {
    test::AnalysisShape shape;
    shape.windows = windows;
    shape.layers = 2;
    shape.heads = 2;
    const auto analysis = test::madeUpAnalysis(shape);
    return {analysis, mapsOf(*analysis, {BodyPart::Hands, 1, 0, {}}), 63};
}

TEST(BandTile, ReadsAsTheAnalysis) {
    const BandSource source = sourceOf(10);
    const BandTile tile = makeTile(source, 1);
    EXPECT_EQ(tile.firstFrame(), 256);
    const auto band = source.analysis->attention({BodyPart::Hands, 1, 0}, {{190}, {580}});
    ASSERT_TRUE(band.ok());
    for (int column = 0; column < BandTile::kColumns; column += 7) {
        for (int row = 0; row <= 126; ++row) {
            const FrameIndex motion{256 + column};
            const float expected = band->at(motion + (row - 63), motion);
            const float seen = tile.at(row, column);
            ASSERT_TRUE(seen == expected || (std::isnan(seen) && std::isnan(expected)))
                << row << ", " << column;
        }
    }
}

TEST(BandTile, ColumnsFartherAwayAreTheLargestOfTheirFrames) {
    const BandSource source = sourceOf(10);
    const BandTile coarse = makeTile(source, {1, 0}, std::stop_token{});
    const BandTile fine = makeTile(source, 0);
    for (int row = 30; row < 90; ++row) {
        const float pair = std::fmax(fine.at(row, 20), fine.at(row, 21));
        if (std::isnan(pair)) {
            EXPECT_TRUE(std::isnan(coarse.at(row, 10)));
        } else {
            EXPECT_EQ(coarse.at(row, 10), pair);
        }
    }
    EXPECT_EQ(coarse.largest, std::max(makeTile(source, 0).largest, makeTile(source, 1).largest));
}

TEST(BandTile, BeyondTheClipNothingIsKnown) {
    const BandTile tile = makeTile(sourceOf(2), {3, 5}, std::stop_token{});
    EXPECT_TRUE(std::isnan(tile.at(63, 0)));
}

std::shared_ptr<const BandTile> emptyTile(std::int64_t index) {
    auto tile = std::make_shared<BandTile>();
    tile->index = index;
    tile->weights.resize(100);
    return tile;
}

TEST(TileCache, KeepsWhatWasUsedLast) {
    TileCache cache(3 * 400);
    for (std::int64_t i = 0; i < 3; ++i) {
        cache.insert(emptyTile(i));
    }
    EXPECT_NE(cache.find({0, 0}), nullptr); // used again: 1 is the oldest now
    cache.insert(emptyTile(3));
    EXPECT_EQ(cache.find({0, 1}), nullptr);
    EXPECT_NE(cache.find({0, 0}), nullptr);
    EXPECT_EQ(cache.bytes(), 1200U);
}

TEST(TileCache, NeverHoldsMoreThanItsLimit) {
    TileCache cache(1000);
    for (std::int64_t i = 0; i < 50; ++i) {
        cache.insert(emptyTile(i % 20));
        EXPECT_LE(cache.bytes(), 1000U);
    }
    cache.clear();
    EXPECT_EQ(cache.bytes(), 0U);
    EXPECT_EQ(cache.count(), 0U);
}

TEST(BandTiles, KeepWithin128MegabytesByDefault) {
    EXPECT_EQ(BandTiles::kLimitBytes, 128U * 1024 * 1024);
    InlineExecutor executor;
    BandTiles tiles(executor, nullptr, 300'000); // two tiles of 127 × 256 floats
    const BandSource source = sourceOf(20);
    tiles.setSource(source.analysis, source.maps);
    for (std::int64_t i = 0; i < 5; ++i) {
        EXPECT_NE(tiles.tile({0, i}), nullptr);
        EXPECT_LE(tiles.cache().bytes(), 300'000U);
    }
    EXPECT_EQ(tiles.cache().count(), 2U);
}

/// Keeps tasks until they are run.
class HeldExecutor final : public Executor {
public:
    void post(Task task) override { tasks.push_back(std::move(task)); }
    std::vector<Task> tasks;
};

TEST(BandTiles, ATileIsAskedForOnceAndArrivesLater) {
    HeldExecutor executor;
    BandTiles tiles(executor);
    const test::SignalLog arrived(&tiles, &BandTiles::arrived);
    const BandSource source = sourceOf(4);
    tiles.setSource(source.analysis, source.maps);
    EXPECT_EQ(tiles.tile({0, 0}), nullptr);
    EXPECT_EQ(tiles.tile({0, 0}), nullptr);
    ASSERT_EQ(executor.tasks.size(), 1U);
    executor.tasks[0](std::stop_token{});
    EXPECT_EQ(arrived.size(), 1U);
    EXPECT_NE(tiles.tile({0, 0}), nullptr);
}

TEST(BandTiles, TilesOfAnotherMapAreThrownAway) {
    HeldExecutor executor;
    BandTiles tiles(executor);
    const test::SignalLog arrived(&tiles, &BandTiles::arrived);
    const BandSource source = sourceOf(4);
    tiles.setSource(source.analysis, source.maps);
    (void)tiles.tile({0, 0});
    tiles.setSource(source.analysis, mapsOf(*source.analysis, {BodyPart::Lower, {}, {}, {}}));
    executor.tasks[0](std::stop_token{});
    EXPECT_EQ(arrived.size(), 0U);
    EXPECT_EQ(tiles.cache().count(), 0U);
}

TEST(BandTiles, AResultAfterItsReceiverIsGoneIsDropped) {
    HeldExecutor executor;
    const BandSource source = sourceOf(4);
    {
        BandTiles tiles(executor);
        tiles.setSource(source.analysis, source.maps);
        (void)tiles.tile({0, 0});
    }
    executor.tasks[0](std::stop_token{});
}

} // namespace
} // namespace gesture::app
