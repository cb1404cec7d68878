// SPDX-License-Identifier: Apache-2.0
#include "core/inference/soft2hard.h"

#include "tests/support/counter_random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace gesture::inference {
namespace {

std::vector<float> randomScores(std::uint64_t stream) {
    std::vector<float> scores(64);
    for (std::size_t i = 0; i < scores.size(); ++i) {
        scores[i] = 0.005F * (1.0F + test::counterUniform(stream, i));
    }
    return scores;
}

// Values of Python's round(64 * share) for the published settings (echomask_trainer.py).
TEST(Soft2Hard, CountsAreThoseOfThePublishedProgram) {
    EXPECT_EQ(soft2HardCounts(64, 0), (Soft2HardCounts{0, 13, 11}));
    EXPECT_EQ(soft2HardCounts(64, 25), (Soft2HardCounts{1, 12, 11}));
    EXPECT_EQ(soft2HardCounts(64, 100), (Soft2HardCounts{3, 10, 11}));
    EXPECT_EQ(soft2HardCounts(64, 200), (Soft2HardCounts{6, 6, 12}));
    EXPECT_EQ(soft2HardCounts(64, 300), (Soft2HardCounts{10, 3, 11}));
    EXPECT_EQ(soft2HardCounts(64, 400), (Soft2HardCounts{13, 0, 11}));
}

TEST(Soft2Hard, HalvesAreRoundedToEven) {
    // 10 * 0.25 = 2.5 and 14 * 0.25 = 3.5: Python gives 2 and 4.
    const Soft2HardSettings settings{1.0, 0.25, 1.0};
    EXPECT_EQ(soft2HardCounts(10, 1.0, settings).hard, 2U);
    EXPECT_EQ(soft2HardCounts(14, 1.0, settings).hard, 4U);
}

TEST(Soft2Hard, CountsNeverExceedTheFrames) {
    for (std::size_t frames = 0; frames < 70; ++frames) {
        for (double epoch = 0; epoch <= 400; epoch += 25) {
            const Soft2HardCounts counts = soft2HardCounts(frames, epoch);
            EXPECT_LE(counts.hard + counts.soft + counts.random, frames);
        }
    }
}

TEST(Soft2Hard, PublishedDrawTakesTheTopFramesWhateverTheSeed) {
    const std::vector<float> scores = randomScores(3);
    std::vector<std::size_t> order(64);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    const std::set<std::size_t> top(order.begin(), order.begin() + 13);
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const auto choice =
            chooseSoft2Hard(scores, soft2HardCounts(64, 100), SoftDraw::Published, seed);
        std::set<std::size_t> chosen(choice.hard.begin(), choice.hard.end());
        chosen.insert(choice.soft.begin(), choice.soft.end());
        EXPECT_EQ(chosen, top);
    }
}

TEST(Soft2Hard, SoftenedDrawVariesAndPrefersHighScores) {
    const std::vector<float> scores = randomScores(4);
    const Soft2HardCounts counts = soft2HardCounts(64, 0);
    std::vector<std::size_t> order(64);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    std::vector<int> drawn(64, 0);
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        for (const std::size_t frame :
             chooseSoft2Hard(scores, counts, SoftDraw::Softened, seed).soft) {
            ++drawn[frame];
        }
    }
    EXPECT_GT(drawn[order[0]], drawn[order[20]] + 100);
    EXPECT_LT(drawn[order[12]], 500) << "frames of the published draw are not certain any more";
    EXPECT_GT(drawn[order[16]], 0);
    EXPECT_EQ(drawn[order[26]], 0) << "beyond twice the number that is drawn";
}

TEST(Soft2Hard, NoFrameIsChosenTwiceAndSameSeedsAgree) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const std::vector<float> scores = randomScores(seed);
        const Soft2HardCounts counts = soft2HardCounts(64, static_cast<double>(4 * seed));
        for (const SoftDraw draw : {SoftDraw::Published, SoftDraw::Softened}) {
            const auto choice = chooseSoft2Hard(scores, counts, draw, seed);
            std::set<std::size_t> all(choice.hard.begin(), choice.hard.end());
            all.insert(choice.soft.begin(), choice.soft.end());
            all.insert(choice.random.begin(), choice.random.end());
            EXPECT_EQ(all.size(), 24U);
            EXPECT_EQ(choice.random, chooseSoft2Hard(scores, counts, draw, seed).random);
        }
    }
}

} // namespace
} // namespace gesture::inference
