// SPDX-License-Identifier: Apache-2.0
#include "tests/core/models/filled_source.h"
#include "training/stages/quantizer_training.h"

#include <ATen/Context.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

namespace gesture::training {
namespace {

using gesture::test::namedUniform;

QuantizerSettings nearestCodes() {
    QuantizerSettings settings;
    settings.temperature = 0.0;
    return settings;
}

std::vector<at::Tensor> emptyBooks(std::int64_t layers, std::int64_t codes, std::int64_t width) {
    std::vector<at::Tensor> books;
    for (std::int64_t i = 0; i < layers; ++i)
        books.push_back(at::zeros({codes, width}));
    return books;
}

TEST(QuantizerTraining, BeginsWithTheFirstRowsOfItsFirstBatch) {
    auto books = emptyBooks(1, 4, 3);
    QuantizerSettings settings = nearestCodes();
    settings.decay = 1.0; // nothing moves
    QuantizerTraining quantizer(books, settings);
    const at::Tensor latents = namedUniform("latents", {2, 4, 3});
    const auto quantized = quantizer(latents);
    EXPECT_TRUE(books[0].equal(latents.view({8, 3}).narrow(0, 0, 4)));
    EXPECT_EQ(quantized.codes.select(2, 0)[0][2].item<std::int64_t>(), 2);
}

TEST(QuantizerTraining, DeadCodesAreReplacedByRandomRowsThatBeginAnew) {
    at::manual_seed(4);
    auto books = emptyBooks(1, 4, 2);
    QuantizerSettings settings = nearestCodes();
    settings.revival = QuantizerSettings::Revival::RandomRows;
    settings.decay = 0.0; // counts are those of the last batch
    settings.deadBelow = 0.5;
    QuantizerTraining quantizer(books, settings);
    static_cast<void>(quantizer(namedUniform("first", {1, 8, 2})));
    const at::Tensor same = namedUniform("point", {1, 1, 2}).expand({1, 8, 2}).contiguous();
    const auto quantized = quantizer(same);
    EXPECT_LT(quantized.perplexity.item<double>(), 1.01); // one code takes all
    for (std::int64_t code = 0; code < 4; ++code)
        EXPECT_TRUE(books[0][code].allclose(same[0][0])) << code;
}

TEST(QuantizerTraining, GradientsOfLayersAddUpOrPassOnce) {
    const at::Tensor latents = namedUniform("latents", {1, 8, 3});
    for (const bool once : {false, true}) {
        QuantizerSettings settings = nearestCodes();
        if (once) settings.gradient = QuantizerSettings::Gradient::Once;
        QuantizerTraining quantizer(emptyBooks(3, 4, 3), settings);
        at::Tensor leaf = latents.clone();
        leaf.set_requires_grad(true);
        quantizer(leaf).latents.sum().backward();
        EXPECT_TRUE(leaf.grad().allclose(at::ones_like(leaf) * (once ? 1.0 : 3.0)));
    }
}

TEST(QuantizerTraining, KnownCodebooksStayWhenTrainingGoesOn) {
    auto books = emptyBooks(1, 4, 3);
    books[0].copy_(namedUniform("book", {4, 3}));
    const at::Tensor before = books[0].clone();
    QuantizerTraining quantizer(books, nearestCodes());
    quantizer.keepCodebooks();
    static_cast<void>(quantizer(namedUniform("latents", {2, 4, 3})));
    EXPECT_LT((books[0] - before).abs().max().item<double>(), 0.1);
}

TEST(QuantizerTraining, StatisticsCarryEverythingThatAResumedRunNeeds) {
    const auto run = [](QuantizerTraining& quantizer, int step) {
        return quantizer(namedUniform("step" + std::to_string(step), {2, 8, 3}))
            .commitment.item<double>();
    };
    auto books = emptyBooks(2, 8, 3);
    QuantizerTraining whole(books, nearestCodes());
    run(whole, 0);
    auto resumedBooks = emptyBooks(2, 8, 3);
    QuantizerTraining resumed(resumedBooks, nearestCodes());
    for (std::size_t i = 0; i < books.size(); ++i)
        resumedBooks[i].copy_(books[i]);
    for (std::size_t i = 0; i < whole.statistics().size(); ++i)
        at::Tensor(resumed.statistics()[i].tensor).copy_(whole.statistics()[i].tensor);
    for (int step = 1; step < 4; ++step)
        EXPECT_EQ(run(whole, step), run(resumed, step));
    EXPECT_TRUE(books[1].equal(resumedBooks[1]));
}

} // namespace
} // namespace gesture::training
