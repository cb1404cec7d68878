// SPDX-License-Identifier: Apache-2.0
// SemTalk's two networks against the authors' classes. All weights follow from their names (see
// FilledSource); the numbers were computed with the authors' code on torch 1.13.1, CPU.
#include "core/models/networks/semtalk_base.h"
#include "core/models/networks/semtalk_sparse.h"
#include "tests/core/models/filled_source.h"
#include "tests/core/models/golden_window.h"
#include "tests/core/models/parity.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

namespace gesture::test {
namespace {

using models::Pass;
using models::SemTalkBase;
using models::SemTalkSparse;
using models::SpeechHints;

SemTalkBase::Output runBase(GoldenMask mask, SpeechHints hints = SpeechHints::Heard) {
    static FilledSource source;
    static const SemTalkBase network(source, {});
    const at::NoGradGuard noGradient;
    return network({.beat = namedUniform("in:beat", {1, 64, 3}),
                    .speech = namedUniform("in:hubert1024", {1, 64, 1024}),
                    .context = goldenContext(mask),
                    .hints = hints},
                   Pass::Inference);
}

SemTalkSparse::Output runSparse() {
    static FilledSource source;
    static const SemTalkSparse network(source, {});
    const at::NoGradGuard noGradient;
    const at::Tensor words =
        ((namedUniform("in:word", {1, 64}) + 1.0F) * 0.5F * 11195.0F).floor().to(at::kLong);
    return network({.words = words,
                    .sentence = 0.3F * namedUniform("in:clip", {1, 512}),
                    .speech = namedUniform("in:hubert1024", {1, 64, 1024}),
                    .context = goldenContext(GoldenMask::Seed)},
                   Pass::Inference);
}

std::vector<std::int64_t> firstLayer(const at::Tensor& tokens) {
    const at::Tensor layer = tokens.select(2, 0).select(0, 0).contiguous();
    return {layer.data_ptr<std::int64_t>(), layer.data_ptr<std::int64_t>() + layer.numel()};
}

TEST(SemTalkBase, HasTheKeysOfTheReleasedFile) {
    FilledSource source;
    const SemTalkBase network(source, {});
    EXPECT_EQ(source.specs().size(), 1790U);
    EXPECT_EQ(source.parameterCount(), 217'039'441);
    EXPECT_EQ(source.digest(), "51d9112aa2c81f60fc4e16aa91142e43cbbb4195c919f4c51613e89741f2bb16");
}

TEST(SemTalkSparse, HasTheKeysOfTheReleasedFile) {
    FilledSource source;
    const SemTalkSparse network(source, {});
    EXPECT_EQ(source.specs().size(), 1390U);
    EXPECT_EQ(source.parameterCount(), 171'098'745);
    EXPECT_EQ(source.digest(), "da098f4824e40223426451def50e2225a4ae891c62540b7f88d02299f970c594");
}

TEST(SemTalkBase, EqualsTheOriginalAfterASeed) {
    const auto output = runBase(GoldenMask::Seed);
    expectPart(output.face, {0.719390, 2.538589, 0.003421, 1.254108, -2.265924, -0.689188});
    expectPart(output.body.upper, {-0.918891, -0.437890, 0.031151, 1.276030, -1.672179, -0.004375});
    expectPart(output.body.hands, {-0.216954, 0.139308, 0.021706, 1.256476, 0.244522, 1.453366});
    expectPart(output.body.lower, {1.146372, 2.449373, 0.012863, 1.303493, 2.313936, -0.672960});
    EXPECT_EQ(
        firstLayer(output.face.tokens()),
        (std::vector<std::int64_t>{27, 27, 27, 27, 27, 27, 30, 27, 27, 100, 30, 30, 30, 8, 30, 8}));
}

TEST(SemTalkBase, EqualsTheOriginalInsideAMotion) {
    const auto output = runBase(GoldenMask::Part);
    expectPart(output.face, {0.688192, 2.497910, 0.001717, 1.246855, -2.262404, -0.608441});
    expectPart(output.body.upper, {-0.819441, -0.474263, 0.027200, 1.281797, -1.749774, -0.332756});
    expectPart(output.body.hands, {-0.201369, 0.509475, 0.020805, 1.263187, 0.393181, 1.410907});
    expectPart(output.body.lower, {1.112730, 2.238837, 0.012867, 1.293316, 2.565195, -0.573613});
    EXPECT_EQ(firstLayer(output.body.upper.tokens()),
              (std::vector<std::int64_t>{135, 156, 135, 156, 156, 156, 156, 135, 156, 156, 156, 135,
                                         135, 135, 156, 156}));
}

TEST(SemTalkBase, EqualsTheOriginalWithoutSpeechHints) {
    const auto output = runBase(GoldenMask::Part, SpeechHints::Skipped);
    expectPart(output.body.upper, {-0.686867, -1.297211, 0.002635, 1.346716, -0.301044, -0.561015});
}

TEST(SemTalkBase, ConsistencyLossesEqualTheOriginals) {
    constexpr double kTolerance = 1e-5;
    const auto seed = runBase(GoldenMask::Seed);
    expectNear(models::consistencyLoss(seed.faceRhythm).item<double>(), 2.791261, kTolerance);
    expectNear(models::consistencyLoss(seed.handsRhythm).item<double>(), 2.789530, kTolerance);
    const auto part = runBase(GoldenMask::Part);
    expectNear(models::consistencyLoss(part.faceRhythm).item<double>(), 2.789127, kTolerance);
    expectNear(models::consistencyLoss(part.handsRhythm).item<double>(), 2.805783, kTolerance);
}

TEST(SemTalkSparse, EqualsTheOriginal) {
    const auto output = runSparse();
    expectPart(output.body.upper, {-1.046489, -1.058760, 0.011811, 1.245829, -1.054231, -0.229524});
    expectPart(output.body.hands, {-0.261387, -2.764443, 0.018979, 1.296566, -0.905141, 2.023417});
    expectPart(output.body.lower, {1.150902, 2.062799, 0.001723, 1.346106, 1.477629, -1.458665});
}

TEST(SemTalkSparse, SemanticScoreEqualsTheOriginal) {
    const std::vector<double> golden{0.430577, 0.509286, 0.350255, 0.347720, 0.497554, 0.452840,
                                     0.358621, 0.494859, 0.483612, 0.495849, 0.469629, 0.545482,
                                     0.417527, 0.454360, 0.474241, 0.481553};
    const auto output = runSparse();
    ASSERT_EQ(output.score.sizes(), (std::vector<std::int64_t>{1, 16}));
    for (std::size_t token = 0; token < golden.size(); ++token)
        expectNear(at(output.score, {0, static_cast<std::int64_t>(token)}), golden[token], 2e-5);
}

} // namespace
} // namespace gesture::test
