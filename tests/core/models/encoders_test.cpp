// SPDX-License-Identifier: Apache-2.0
// Speech and sentence encoders against Hugging Face's classes, the tokenizer, the global-motion and
// the feature network against the authors': tests/golden/make_network_golden.py.
#include "core/models/networks/global_motion.h"
#include "core/models/networks/hubert.h"
#include "core/models/networks/motion_features.h"
#include "core/models/networks/motion_tokenizer.h"
#include "core/models/networks/sentence_encoder.h"
#include "tests/core/models/filled_source.h"
#include "tests/core/models/parity.h"
#include "tests/support/golden_values.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/tensor.h>
#include <gtest/gtest.h>

namespace gesture::test {
namespace {

using models::Hubert;
using models::HubertSizes;
using models::MotionTokenizer;
using models::Pass;

/// Float32 networks of a few layers, summed in another order.
constexpr double kTolerance = 1e-4;

std::map<std::string, std::vector<float>> golden(const std::string& name) {
    return goldenValues("networks/" + name + ".txt");
}

HubertSizes tinyHubert(bool stable) {
    return {.layers = 4,
            .width = 32,
            .heads = 4,
            .feedForward = 48,
            .channels = std::vector<std::int64_t>(7, 16),
            .positionKernel = 16,
            .positionGroups = 4,
            .convolutionBias = stable,
            .stableNorm = stable};
}

void expectHubert(bool stable, const std::string& name) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const Hubert network(source, tinyHubert(stable));
    const auto features = network(namedUniform("in:samples", {2, 4000}), 3);
    const auto values = golden(name);
    expectEqual(features.last, values.at("last"), kTolerance);
    expectEqual(features.middle, values.at("middle"), kTolerance);
}

TEST(Hubert, WithStableNormsEqualsHuggingFace) { expectHubert(true, "hubert_stable"); }
TEST(Hubert, WithPostNormsEqualsHuggingFace) { expectHubert(false, "hubert_base"); }

TEST(Hubert, CountsFramesAsTheOriginal) {
    const HubertSizes sizes;
    EXPECT_EQ(sizes.frameCount(320080), 1000);
    EXPECT_EQ(sizes.frameCount(400), 1);
    EXPECT_EQ(sizes.frameCount(399), 0);
}

TEST(InferenceLinear, EqualsTheOrdinaryLinearMap) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const models::Scope scope = models::Scope(source) / "map";
    const models::Linear ordinary(scope, 40, 24);
    const models::InferenceLinear packed(scope, 40, 24);
    const auto difference = [&](const at::Tensor& x) {
        const at::Tensor ours = packed(x);
        EXPECT_EQ(ours.sizes(), ordinary(x).sizes());
        return (ours - ordinary(x)).abs().max().item<double>();
    };
    const at::Tensor x = namedUniform("in:x", {3, 50, 40});
    EXPECT_LT(difference(x), 1e-5);
    EXPECT_LT(difference(x[0][0]), 1e-5);
    EXPECT_LT(difference(namedUniform("in:x", {40, 7}).t()), 1e-5);
    // Rows that overlap, as the front end of HuBERT has them.
    EXPECT_LT(difference(x.as_strided({1, 90, 40}, {2000, 20, 1})), 1e-5);
    const at::Tensor weight = namedUniform("in:weight", {24, 40});
    const models::InferenceLinear withoutBias(weight, {});
    EXPECT_LT((withoutBias(x) - at::matmul(x, weight.t())).abs().max().item<double>(), 1e-5);
}

TEST(SentenceEncoder, EqualsHuggingFace) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const models::SentenceEncoder network(source, {.vocabulary = 100,
                                                   .positions = 12,
                                                   .width = 32,
                                                   .heads = 4,
                                                   .layers = 3,
                                                   .feedForward = 64,
                                                   .projection = 24});
    const at::Tensor tokens =
        at::tensor({98, 5, 17, 99, 0, 0, 0, 0, 98, 40, 41, 42, 43, 44, 45, 99})
            .to(at::kLong)
            .view({2, 8});
    expectEqual(network(tokens), golden("sentence").at("embedding"), kTolerance);
}

void expectTokenizer(std::int64_t channels, const std::string& part) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const MotionTokenizer network(source, {.channels = channels});
    EXPECT_EQ(source.specs().size(), 72U);
    const at::Tensor motion = namedUniform("in:" + part, {2, 66, channels});
    const at::Tensor codes = network.encode(motion);
    const auto values = golden("tokenizer_" + part);
    EXPECT_EQ(codes.sizes(), (std::vector<std::int64_t>{2, 16, 6}));
    expectEqual(codes, values.at("codes"), 0.0);
    expectEqual(network.codeVectors(motion).slice(2, 0, {}, 5).slice(3, 0, {}, 16),
                values.at("vectors"), 1e-6);
    expectEqual(network.decode(codes).slice(1, 0, {}, 7), values.at("decoded"), kTolerance);
}

TEST(MotionTokenizer, OfTheUpperBodyEqualsTheOriginal) { expectTokenizer(78, "upper"); }
TEST(MotionTokenizer, OfTheLowerBodyEqualsTheOriginal) { expectTokenizer(61, "lower"); }

TEST(MotionTokenizer, AbsentCodesCountAsZeroVectors) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const MotionTokenizer network(source, {});
    const at::Tensor codes = network.encode(namedUniform("in:upper", {1, 64, 78}));
    at::Tensor cut = codes.clone();
    cut.narrow(2, 3, 3).fill_(-1);
    EXPECT_TRUE(network.decode(cut).equal(network.decode(codes.narrow(2, 0, 3))));
}

TEST(GlobalMotion, EqualsTheOriginal) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const models::GlobalMotion network(source, {});
    EXPECT_EQ(source.specs().size(), 42U);
    EXPECT_EQ(source.parameterCount(), 3'648'789);
    expectEqual(network(namedUniform("in:lower", {1, 40, 61})).slice(1, 0, {}, 3),
                golden("global_motion").at("rec_pose"), kTolerance);
}

TEST(MotionFeatures, EqualTheOriginal) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const models::MotionFeatures network(source);
    EXPECT_EQ(source.specs().size(), 56U);
    const at::Tensor features = network(namedUniform("in:rotations", {1, 96, 330}));
    EXPECT_EQ(features.sizes(), (std::vector<std::int64_t>{1, 6, 240}));
    expectEqual(features, golden("motion_features").at("latent"), kTolerance);
}

} // namespace
} // namespace gesture::test
