// SPDX-License-Identifier: Apache-2.0
// EchoMask against the authors' class; see semtalk_test.cpp for how the numbers were made.
#include "core/models/networks/echomask.h"
#include "tests/core/models/filled_source.h"
#include "tests/core/models/golden_window.h"
#include "tests/core/models/parity.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

namespace gesture::test {
namespace {

using models::EchoMask;
using models::Pass;
using models::SpeechHints;

const EchoMask& network() {
    static FilledSource source;
    static const EchoMask made(source, {});
    return made;
}

EchoMask::Conditions conditions() {
    const at::NoGradGuard noGradient;
    return network().alignment().conditions(namedUniform("in:hubert_hid256", {1, 64, 256}),
                                            namedUniform("in:hubert256", {1, 64, 256}),
                                            Pass::Inference);
}

EchoMask::Output run(GoldenMask mask) {
    const at::NoGradGuard noGradient;
    return network()(conditions(), goldenContext(mask), SpeechHints::Heard, Pass::Inference);
}

TEST(EchoMask, HasTheKeysOfTheReleasedFile) {
    FilledSource source;
    const EchoMask made(source, {});
    EXPECT_EQ(source.specs().size(), 2553U);
    EXPECT_EQ(source.parameterCount(), 308'104'630);
    EXPECT_EQ(source.digest(), "b092d80d970310acf085d169350fb456138ca29bcd1814dcd53809ae96e13815");
}

TEST(EchoMask, EqualsTheOriginalAfterASeed) {
    const auto output = run(GoldenMask::Seed);
    expectPart(output.face, {1.325339, 1.310496, 0.035430, 1.120463, -1.329566, 0.907488});
    expectPart(output.body.upper, {-0.527525, 1.265395, 0.042081, 1.276324, 0.191825, -1.368799});
    expectPart(output.body.hands, {-0.620096, -1.365918, -0.008815, 1.183740, 0.701488, 2.237362});
    expectPart(output.body.lower, {0.897245, -1.038828, 0.011423, 1.215732, 1.256317, -1.156907});
}

TEST(EchoMask, EqualsTheOriginalInsideAMotion) {
    const auto output = run(GoldenMask::Part);
    expectPart(output.face, {1.383853, 1.308496, 0.033342, 1.122372, -1.362096, 0.805656});
    expectPart(output.body.upper, {-0.470492, 1.323269, 0.038196, 1.268612, 0.263029, -1.684984});
    expectPart(output.body.hands, {-0.487399, -1.267991, -0.008841, 1.186462, 0.729811, 2.235432});
    expectPart(output.body.lower, {0.857372, -1.175246, 0.010031, 1.210351, 1.534719, -1.044765});
}

TEST(EchoMask, AlignedSpeechEqualsTheOriginal) {
    const auto aligned = conditions();
    const std::vector<double> hands{-1.088310, 1.023548, -1.620214, -0.807536};
    const std::vector<double> face{-0.305700, 1.278874, -0.999049, 0.083155};
    for (std::int64_t i = 0; i < 4; ++i) {
        const auto index = static_cast<std::size_t>(i);
        expectNear(at(aligned.hands, {0, 0, i}), hands[index], 2e-4);
        expectNear(at(aligned.face, {0, 63, 252 + i}), face[index], 2e-4);
    }
}

TEST(EchoMask, SpeechQueryAttentionEqualsTheOriginal) {
    const at::NoGradGuard noGradient;
    const auto attention =
        network().attention(conditions(), goldenContext(GoldenMask::None), Pass::Inference);
    constexpr double kTolerance = 2e-5;
    const auto expectRow = [](const at::Tensor& map, const std::vector<double>& golden) {
        // The original averages its heads; ours are apart: (layers, batch, heads, speech, motion).
        const at::Tensor row = map.mean(2).select(0, 0).select(0, 0).select(0, 0);
        for (std::size_t i = 0; i < golden.size(); ++i)
            expectNear(at(row, {static_cast<std::int64_t>(i)}), golden[i], kTolerance);
    };
    expectRow(attention.maps.hands, {0.010339, 0.011438, 0.012064});
    expectRow(attention.maps.upper, {0.019291, 0.046003, 0.061766});
    expectRow(attention.maps.lower, {0.018840, 0.015309, 0.015123});
    const auto expectStart = [](const at::Tensor& curve, const std::vector<double>& golden) {
        for (std::size_t i = 0; i < golden.size(); ++i)
            expectNear(at(curve, {0, static_cast<std::int64_t>(i)}), golden[i], kTolerance);
    };
    expectStart(attention.importance.hands, {0.016890, 0.017110, 0.015955, 0.015103});
    expectStart(attention.importance.upper, {0.018492, 0.022155, 0.022458, 0.015957});
    expectStart(attention.importance.lower, {0.017935, 0.017142, 0.017497, 0.015318});
    expectStart(attention.fused,
                {0.0058683, 0.0062330, 0.0061946, 0.0050982, 0.0051937, 0.0052550});
    expectNear(attention.fused.sum().item<double>(), 0.329288, 2e-5);
    const at::Tensor top = std::get<0>(std::get<1>(attention.fused[0].topk(13)).sort());
    const std::vector<std::int64_t> golden{1, 2, 6, 8, 24, 25, 26, 27, 29, 52, 57, 58, 60};
    for (std::size_t i = 0; i < golden.size(); ++i)
        EXPECT_EQ(at(top, {static_cast<std::int64_t>(i)}), static_cast<double>(golden[i]));
}

TEST(EchoMask, MapsKeptApartByHeadDoNotChangeTheResult) {
    const at::NoGradGuard noGradient;
    const auto context = goldenContext(GoldenMask::Seed);
    const auto plain = network()(conditions(), context, SpeechHints::Heard, Pass::Inference);
    const auto traced =
        network()(conditions(), context, SpeechHints::Heard, Pass::Inference, models::Trace::Yes);
    EXPECT_LT((plain.body.upper.logits - traced.body.upper.logits).abs().max().item<double>(),
              1e-3);
    EXPECT_EQ(traced.maps.upper.sizes(), (std::vector<std::int64_t>{8, 1, 4, 64, 64}));
    EXPECT_LT((traced.maps.upper.sum(-1) - 1).abs().max().item<double>(), 1e-5);
}

} // namespace
} // namespace gesture::test
