// SPDX-License-Identifier: Apache-2.0
#include "tests/support/temporary_folder.h"
#include "tests/training/stages/stage_fixture.h"
#include "tests/training/stages/synthetic_store.h"
#include "training/stages/shuffled_order.h"
#include "training/stages/window_batches.h"
#include "training/stages/window_codes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <vector>

namespace gesture::training {
namespace {

using namespace gesture::test;

TEST(ShuffledOrder, IsAPermutationThatFollowsFromItsKey) {
    for (const std::int64_t count : {1, 2, 7, 64, 1000}) {
        const ShuffledOrder order(count, 5);
        const ShuffledOrder again(count, 5);
        std::set<std::int64_t> seen;
        for (std::int64_t i = 0; i < count; ++i) {
            EXPECT_EQ(order.at(i), again.at(i));
            EXPECT_GE(order.at(i), 0);
            EXPECT_LT(order.at(i), count);
            seen.insert(order.at(i));
        }
        EXPECT_EQ(static_cast<std::int64_t>(seen.size()), count);
    }
}

TEST(ShuffledOrder, OtherKeysGiveOtherOrders) {
    std::vector<std::int64_t> first, second;
    for (std::int64_t i = 0; i < 100; ++i) {
        first.push_back(ShuffledOrder(100, 1).at(i));
        second.push_back(ShuffledOrder(100, 2).at(i));
    }
    EXPECT_NE(first, second);
    EXPECT_FALSE(std::is_sorted(first.begin(), first.end()));
}

class Windows : public testing::Test {
protected:
    void SetUp() override {
        writeSyntheticStore(folder_ / "store",
                            {{"a", "train", 4}, {"b", "val", 2}, {"c", "train", 3}},
                            tinyGenerator());
        auto store = WindowStore::open(folder_ / "store", WindowStore::Verify::Yes);
        ASSERT_TRUE(store) << store.error().message();
        store_ = std::make_shared<const WindowStore>(std::move(*store));
    }
    [[nodiscard]] WindowRequest request() const {
        WindowRequest request;
        request.length = 16;
        request.stride = 10;
        request.batch = 4;
        request.seed = 7;
        request.streams = {"beat", "speaker", "betas", "sentence", "words"};
        return request;
    }
    [[nodiscard]] std::unique_ptr<WindowBatches> batches(const WindowRequest& wanted) const {
        auto made = WindowBatches::create(store_, wanted);
        EXPECT_TRUE(made) << made.error().message();
        return std::move(*made);
    }

    TemporaryFolder folder_;
    std::shared_ptr<const WindowStore> store_;
};

TEST_F(Windows, HaveTheShapesThatStagesExpect) {
    const auto batch = *batches(request())->at(0, {});
    EXPECT_EQ(batch.at("beat").sizes(), (std::vector<std::int64_t>{4, 16, 3}));
    EXPECT_EQ(batch.at("words").sizes(), (std::vector<std::int64_t>{4, 16}));
    EXPECT_EQ(batch.at("speaker").sizes(), (std::vector<std::int64_t>{4}));
    EXPECT_EQ(batch.at("betas").sizes(), (std::vector<std::int64_t>{4, 300}));
    EXPECT_EQ(batch.at("sentence").sizes(), (std::vector<std::int64_t>{4, 6}));
}

TEST_F(Windows, BeginAtTheirFramesAndGoOnFrameByFrame) {
    WindowRequest wanted = request();
    wanted.order = WindowRequest::Order::AsStored;
    const auto batch = *batches(wanted)->at(0, {});
    const at::Tensor& counted = batch.at("beat"); // channel 0 counts frames
    for (std::int64_t window = 0; window < 4; ++window)
        for (std::int64_t frame = 0; frame < 16; ++frame)
            EXPECT_EQ(counted[window][frame][0].item<float>(),
                      static_cast<float>(10 * window + frame));
}

/// First frame of each sample, and which clip it is from.
std::vector<float> marks(const Batch& batch) {
    std::vector<float> found;
    for (std::int64_t i = 0; i < batch.at("beat").size(0); ++i) {
        found.push_back(batch.at("beat")[i][0][0].item<float>());
        found.push_back(batch.at("betas")[i][0].item<float>());
    }
    return found;
}

TEST_F(Windows, AnEpochShowsEveryWindowOnceAndTheNextInAnotherOrder) {
    WindowRequest wanted = request();
    wanted.batch = 1;
    const auto source = batches(wanted);
    const std::int64_t steps = source->stepsPerEpoch();
    EXPECT_EQ(steps, 11 + 8); // clips of 120 and 90 frames
    std::set<std::vector<float>> seen;
    std::vector<std::vector<float>> first, second;
    for (std::int64_t step = 0; step < steps; ++step) {
        first.push_back(marks(*source->at(step, {})));
        second.push_back(marks(*source->at(steps + step, {})));
        seen.insert(first.back());
    }
    EXPECT_EQ(static_cast<std::int64_t>(seen.size()), steps);
    EXPECT_NE(first, second);
}

TEST_F(Windows, ABatchDoesNotDependOnWhatWasAskedBefore) {
    const auto used = batches(request());
    for (std::int64_t step = 0; step < 9; ++step)
        EXPECT_TRUE(used->at(step, {}));
    EXPECT_EQ(marks(*used->at(3, {})), marks(*batches(request())->at(3, {})));
}

TEST_F(Windows, RanksShareABatch) {
    const auto source = batches(request());
    const auto whole = marks(*source->at(2, {}));
    const auto even = marks(*source->at(2, {0, 2}));
    const auto odd = marks(*source->at(2, {1, 2}));
    ASSERT_EQ(even.size() + odd.size(), whole.size());
    for (std::size_t sample = 0; sample < 4; ++sample)
        for (std::size_t k = 0; k < 2; ++k)
            EXPECT_EQ(whole[2 * sample + k], (sample % 2 == 0 ? even : odd)[2 * (sample / 2) + k]);
}

TEST_F(Windows, WhatIsMissingIsNamed) {
    WindowRequest wanted = request();
    wanted.streams = {"smell"};
    const auto unknown = WindowBatches::create(store_, wanted);
    ASSERT_FALSE(unknown);
    EXPECT_NE(unknown.error().message().find("'smell'"), std::string::npos);
    wanted = request();
    wanted.split = "test";
    const auto empty = WindowBatches::create(store_, wanted);
    ASSERT_FALSE(empty);
    EXPECT_NE(empty.error().message().find("'test'"), std::string::npos);
    wanted = request();
    wanted.stride = 11;
    EXPECT_FALSE(WindowBatches::create(store_, wanted)); // its sentences are for stride 10
}

TEST_F(Windows, EventsAreTheLabelsAtMotionFrames) {
    WindowRequest wanted = request();
    wanted.streams = {kEventsKey, "beat"};
    wanted.eventClasses = 4;
    wanted.order = WindowRequest::Order::AsStored;
    const auto batch = *batches(wanted)->at(0, {});
    const at::Tensor& events = batch.at(kEventsKey);
    EXPECT_EQ(events.sizes(), (std::vector<std::int64_t>{4, 16, 6}));
    const StreamView lexicon = store_->stream(0, stream::kLexicon);
    const StreamView stress = store_->stream(0, stream::kStress);
    // Frame 13 is at 13.5 / 30 = 0.45 s, row 22.5 of 50 a second, rounded up.
    EXPECT_EQ(events[1][3][0].item<float>(), stress.values[23]);
    EXPECT_EQ(events[1][3][2 + static_cast<std::int64_t>(lexicon.values[23])].item<float>(), 1.0F);
    EXPECT_EQ(events.narrow(2, 2, 4).sum().item<float>(), 64.0F);
}

TEST_F(Windows, CropsOfSpeechAreWholeAndFollowFromTheStep) {
    CropRequest wanted;
    wanted.rows = 40;
    wanted.batch = 3;
    auto made = CropBatches::create(store_, wanted);
    ASSERT_TRUE(made) << made.error().message();
    EXPECT_EQ((*made)->stepsPerEpoch(), (200 / 40 + 150 / 40) / 3);
    const auto batch = *(*made)->at(5, {});
    EXPECT_EQ(batch.at("mel").sizes(), (std::vector<std::int64_t>{3, 40, 80}));
    EXPECT_EQ(batch.at("phone").sizes(), (std::vector<std::int64_t>{3, 40}));
    for (std::int64_t i = 0; i < 3; ++i)
        EXPECT_EQ(batch.at("mel")[i][39][0].item<float>(),
                  batch.at("mel")[i][0][0].item<float>() + 39.0F);
    EXPECT_TRUE(batch.at("mel").equal((*(*made)->at(5, {})).at("mel")));
    EXPECT_FALSE(batch.at("mel").equal((*(*made)->at(6, {})).at("mel")));
}

TEST_F(Windows, StatisticsAreThoseOfTheSplit) {
    const auto whole = motionStatistics(*store_, "train", 0.004);
    double sum = 0.0;
    double rows = 0.0;
    for (const std::size_t clip : {0U, 2U}) {
        const StreamView motion = store_->stream(clip, stream::kMotion);
        for (std::int64_t row = 0; row < motion.rows(); ++row, rows += 1.0)
            sum += motion.values[static_cast<std::size_t>(337 * row + 7)];
    }
    EXPECT_NEAR(whole.mean[7].item<double>(), sum / rows, 1e-5);
    EXPECT_GE(whole.deviation.min().item<double>(), 0.0039);
    const auto face = partStatistics(*store_, "train", motion::BodyPart::Face, 0.004);
    EXPECT_EQ(face.mean.numel(), 106);
}

} // namespace
} // namespace gesture::training
