// SPDX-License-Identifier: Apache-2.0
// What small networks have on top of the published wiring.
#include "core/models/bundle/sizes.h"
#include "core/models/networks/motion_tokenizer.h"
#include "core/models/networks/semtalk_base.h"
#include "tests/core/models/filled_source.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/one_hot.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

namespace gesture::models {
namespace {

using test::FilledSource;
using test::namedUniform;

constexpr TokenizerSizes kSmall{.channels = 6, .width = 8, .codes = 16, .layers = 3};

TEST(SmallTokenizer, ExpectedVectorsOfSureLogitsAreTheCodes) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const MotionTokenizer tokenizer(source, kSmall);
    const at::Tensor codes = tokenizer.encode(namedUniform("motion", {2, 16, 6}));
    const at::Tensor sure = 50.0 * at::one_hot(codes, 16).to(at::kFloat).transpose(2, 3);
    const at::Tensor motion = tokenizer.reconstruct(tokenizer.expected(sure, 0.5), Pass::Inference);
    EXPECT_TRUE(motion.allclose(tokenizer.decode(codes), 1e-4, 1e-5));
}

TEST(SmallTokenizer, ExpectedVectorsOfNoKnowledgeAreTheMeanOfTheCodebooks) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const MotionTokenizer tokenizer(source, kSmall);
    at::Tensor mean = at::zeros({8});
    for (const at::Tensor& book : tokenizer.quantizer().codebooks())
        mean = mean + book.mean(0);
    const at::Tensor expected = tokenizer.expected(at::zeros({1, 1, 16, 3}), 1.0);
    EXPECT_TRUE(expected.view({8}).allclose(mean, 1e-4, 1e-6));
}

TEST(SmallTokenizer, StatisticsOfChannelsAreUndoneOnTheWayOut) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const MotionTokenizer plain(source, kSmall);
    TokenizerSizes sizes = kSmall;
    sizes.normalised = true;
    const MotionTokenizer normalised(source, sizes);
    const at::Tensor mean = source.take({"channel_norm.mean", {6}, TensorRole::Buffer});
    const at::Tensor deviation = source.take({"channel_norm.deviation", {6}, TensorRole::Buffer});
    mean.copy_(namedUniform("mean", {6}));
    deviation.copy_(namedUniform("deviation", {6}).abs() + 0.5);
    const at::Tensor motion = namedUniform("motion", {1, 16, 6});
    EXPECT_TRUE(normalised.latents(motion * deviation + mean, Pass::Inference)
                    .allclose(plain.latents(motion, Pass::Inference), 1e-4, 1e-5));
    const at::Tensor codes = plain.encode(motion);
    EXPECT_TRUE(
        normalised.decode(codes).allclose(plain.decode(codes) * deviation + mean, 1e-4, 1e-5));
}

TEST(SmallGenerator, AFrameHearsThePosteriorsOfItsOwnTime) {
    const at::NoGradGuard noGradient;
    GeneratorSizes sizes;
    sizes.window = 16;
    sizes.hidden = 16;
    sizes.latent = 8;
    sizes.speech = 12;
    sizes.codes = 8;
    sizes.codeLayers = 2;
    sizes.residualHeads = 2;
    sizes.heads = 2;
    sizes.hiddenFeedForward = sizes.latentFeedForward = sizes.residualFeedForward = 16;
    sizes.faceLayers = sizes.hintLayers = sizes.residualDepth = 1;
    sizes.speechPosteriors = sizes.frameAligned = sizes.peOnSpeech = true;
    sizes.posteriors = 5;
    FilledSource source;
    const SemTalkBase network(source, sizes);
    const MotionContext context{namedUniform("motion", {1, 16, 337}), at::ones({1, 16, 337}),
                                at::zeros({1, 16}, at::kLong)};
    at::Tensor posteriors = at::zeros({1, 16, 5});
    const auto run = [&] {
        return network({namedUniform("beat", {1, 16, 3}), namedUniform("speech", {1, 16, 12}),
                        context, SpeechHints::Heard, posteriors},
                       Pass::Inference)
            .body.upper.logits.select(-1, 0)
            .clone();
    };
    const at::Tensor before = run();
    posteriors[0][14][1] = 1.0;
    const at::Tensor change = (run() - before).abs().amax(2).squeeze(0); // (tokens)
    EXPECT_GT(change[3].item<double>(), 1e-4);
    EXPECT_GT(change[3].item<double>(), change[0].item<double>());
}

TEST(SmallGenerator, FlagsComeFromABundlesSizes) {
    const auto sizes = generatorSizes({{"frame_aligned", {1}}, {"posteriors", {7}}});
    ASSERT_TRUE(sizes);
    EXPECT_TRUE(sizes->frameAligned);
    EXPECT_FALSE(sizes->peOnSpeech);
    EXPECT_EQ(sizes->posteriors, 7);
    EXPECT_FALSE(generatorSizes({{"frame_aligned", {2}}}));
    const auto tokenizer = tokenizerSizes({{"expected_code", {50}}, {"normalised", {1}}});
    ASSERT_TRUE(tokenizer);
    EXPECT_EQ(tokenizer->expectedCode, 50);
    EXPECT_TRUE(tokenizer->normalised);
}

} // namespace
} // namespace gesture::models
