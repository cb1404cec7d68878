// SPDX-License-Identifier: Apache-2.0
// EMAGE against its original classes: tests/golden/make_emage_golden.py. All weights follow from
// their names (see FilledSource).
#include "core/models/networks/emage.h"
#include "core/models/networks/global_motion.h"
#include "tests/core/models/filled_source.h"
#include "tests/core/models/golden_window.h"
#include "tests/core/models/parity.h"
#include "tests/support/golden_values.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

namespace gesture::test {
namespace {

using models::Emage;
using models::EmageAudioEncoder;
using models::EmageTokenizer;
using models::Pass;
using models::Scope;
using models::SpeechHints;
using models::Trace;

/// Float32 networks of a few layers, summed in another order.
constexpr double kTolerance = 1e-4;
/// Where what counts is small beside the values: attention weights, all near 1 / 64, and the
/// negative side of what is heard, around -0.003.
constexpr double kFineTolerance = 5e-6;

using Golden = std::map<std::string, std::vector<float>>;

Golden golden(const std::string& name) { return goldenValues("networks/emage_" + name + ".txt"); }

/// What the golden files keep of (batch, frames, channels).
at::Tensor sparse(const at::Tensor& x, std::int64_t channelStep = 33) {
    return x.slice(1, 0, {}, 9).slice(2, 0, {}, channelStep);
}

at::Tensor sound(std::int64_t clips, std::int64_t frames) {
    return namedUniform("in:ear", {clips, frames * Emage::kSamplesPerFrame});
}

const Emage& network() {
    static FilledSource source;
    static const Emage made(source, {});
    return made;
}

const EmageTokenizer& faceTokenizer() {
    static FilledSource source;
    static const EmageTokenizer made(source, {.channels = 106});
    return made;
}

Emage::Output run(GoldenMask mask, SpeechHints hints = SpeechHints::Heard, std::int64_t frames = 64,
                  Trace trace = Trace::No) {
    const at::NoGradGuard noGradient;
    const models::MotionContext window = goldenContext(mask);
    return network()(network().speech(sound(1, frames), Pass::Inference),
                     {window.motion.narrow(1, 0, frames), window.mask.narrow(1, 0, frames),
                      at::zeros({1, frames}, at::kLong)},
                     hints, Pass::Inference, trace);
}

void expectPrediction(const models::PartPrediction& part, const Golden& values,
                      const std::string& name) {
    const at::Tensor logits = part.logits.squeeze(3);
    expectEqual(sparse(logits), values.at("logits_" + name), kLogitTolerance);
    expectEqual(at::stack({logits.mean(), logits.std()}), values.at("moments_" + name),
                kLogitTolerance);
    expectEqual(sparse(part.latents.squeeze(1)), values.at("latents_" + name), kLogitTolerance);
}

void expectWindow(const Emage::Output& output, const std::string& name) {
    const at::NoGradGuard noGradient;
    const Golden values = golden(name);
    expectPrediction(output.face, values, "face");
    expectPrediction(output.body.upper, values, "upper");
    expectPrediction(output.body.hands, values, "hands");
    expectPrediction(output.body.lower, values, "lower");
    const auto codes = models::emageCodes(output, faceTokenizer());
    EXPECT_EQ(codes.face.sizes(), codes.upper.sizes());
    expectEqual(codes.face, values.at("codes_face"), 0.0);
    expectEqual(codes.upper, values.at("codes_upper"), 0.0);
    expectEqual(codes.hands, values.at("codes_hands"), 0.0);
    expectEqual(codes.lower, values.at("codes_lower"), 0.0);
    expectEqual(sparse(faceTokenizer().decode(codes.face), 7), values.at("motion_face"),
                kTolerance);
}

TEST(Emage, HasTheKeysOfTheOriginal) {
    FilledSource source;
    const Emage made(source, {});
    EXPECT_EQ(source.specs().size(), 608U);
    EXPECT_EQ(source.parameterCount(), 138'881'105);
    EXPECT_EQ(source.digest(), "8f8dc993beafab2848fa586de225d2aa9ca3da30ce56ee95fe9b9ad9e6b1f5d2");
}

TEST(Emage, EqualsTheOriginalAfterASeed) { expectWindow(run(GoldenMask::Seed), "seed"); }

TEST(Emage, EqualsTheOriginalInsideAMotion) { expectWindow(run(GoldenMask::Part), "part"); }

TEST(Emage, EqualsTheOriginalWithoutSpeechHints) {
    expectWindow(run(GoldenMask::Part, SpeechHints::Skipped), "unheard");
}

TEST(Emage, EqualsTheOriginalInAShortLastWindow) {
    EXPECT_EQ(EmageAudioEncoder::frameCount(20 * Emage::kSamplesPerFrame), 21);
    expectWindow(run(GoldenMask::Seed, SpeechHints::Heard, 20), "short");
}

TEST(Emage, TracedAttentionEqualsTheOriginal) {
    const auto plain = run(GoldenMask::Seed);
    const auto traced = run(GoldenMask::Seed, SpeechHints::Heard, 64, Trace::Yes);
    EXPECT_TRUE(plain.hintAttention.empty());
    ASSERT_EQ(traced.hintAttention.size(), 8U);
    for (const at::Tensor& weights : traced.hintAttention)
        EXPECT_EQ(weights.sizes(), (std::vector<std::int64_t>{1, 4, 64, 64}));
    const auto kept = [](const at::Tensor& weights) {
        return weights.slice(2, 0, {}, 9).slice(3, 0, {}, 9);
    };
    const Golden values = golden("attention");
    expectEqual(kept(traced.hintAttention.front()), values.at("first"), kFineTolerance);
    expectEqual(kept(traced.hintAttention.back()), values.at("last"), kFineTolerance);
    EXPECT_LT((plain.body.upper.logits - traced.body.upper.logits).abs().max().item<double>(),
              1e-3);
}

TEST(Emage, SpeechOfManyWindowsIsThatOfEach) {
    const at::NoGradGuard noGradient;
    const at::Tensor windows = sound(3, 64);
    const auto together = network().speech(windows, Pass::Inference);
    const auto alone = network().speech(windows.narrow(0, 1, 1), Pass::Inference);
    EXPECT_LT((together.face.narrow(0, 1, 1) - alone.face).abs().max().item<double>(), kTolerance);
    EXPECT_LT((together.body.narrow(0, 1, 1) - alone.body).abs().max().item<double>(), kTolerance);
}

TEST(EmageAudioEncoder, EqualsTheOriginal) {
    const at::NoGradGuard noGradient;
    const Golden values = golden("audio");
    const auto speech = network().speech(sound(2, 64), Pass::Inference);
    EXPECT_EQ(speech.face.sizes(), (std::vector<std::int64_t>{2, 64, 256}));
    expectEqual(sparse(speech.face), values.at("face"), kFineTolerance);
    expectEqual(sparse(speech.body), values.at("body"), kFineTolerance);
    const auto brief = network().speech(sound(2, 5), Pass::Inference);
    EXPECT_EQ(brief.face.size(1), EmageAudioEncoder::frameCount(5 * Emage::kSamplesPerFrame));
    expectEqual(brief.face.slice(2, 0, {}, 33), values.at("short"), kFineTolerance);
}

TEST(EmageAudioEncoder, TrainsOnTheStatisticsOfTheBatchAsTheOriginal) {
    const at::NoGradGuard noGradient;
    const Golden values = golden("audio");
    FilledSource source;
    const EmageAudioEncoder encoder(Scope(source) / "audio_encoder_face", 256);
    expectEqual(encoder(sound(2, 5), Pass::Training).slice(2, 0, {}, 33), values.at("training"),
                kTolerance);
    const auto running = [&](const std::string& name) {
        const auto& specs = source.specs();
        return source.take(specs.at("audio_encoder_face.feat_extractor.5.downsample.1." + name));
    };
    expectEqual(running("running_mean").slice(0, 0, {}, 5), values.at("running_mean"), kTolerance);
    expectEqual(running("running_var").slice(0, 0, {}, 5), values.at("running_var"), kTolerance);
    EXPECT_EQ(running("num_batches_tracked").item<std::int64_t>(), 1);
}

void expectTokenizer(const models::EmageTokenizerSizes& sizes, const std::string& part) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const EmageTokenizer tokenizer(source, sizes);
    const at::Tensor motion = namedUniform("in:" + part, {2, 64, sizes.channels});
    const Golden values = golden("tokenizer_" + part);
    expectEqual(sparse(tokenizer.latents(motion)), values.at("latents"), kTolerance);
    const at::Tensor codes = tokenizer.encode(motion);
    EXPECT_EQ(codes.sizes(), (std::vector<std::int64_t>{2, 64, 1}));
    expectEqual(codes, values.at("codes"), 0.0);
    const at::Tensor vectors = tokenizer.codeVectors(motion);
    EXPECT_EQ(vectors.sizes(), (std::vector<std::int64_t>{1, 2, 64, 256}));
    expectEqual(sparse(vectors[0]), values.at("vectors"), 1e-6);
    EXPECT_TRUE(tokenizer.nearestCodes(vectors[0]).equal(codes));
    expectEqual(sparse(tokenizer.decode(codes), 3), values.at("decoded"), kTolerance);
}

TEST(EmageTokenizer, OfTheUpperBodyEqualsTheOriginal) {
    expectTokenizer({.channels = 78}, "upper");
}

TEST(EmageTokenizer, OfTheLowerBodyEqualsTheOriginal) {
    expectTokenizer({.channels = 61, .convolutions = 4}, "lower");
}

void expectKeys(const models::EmageTokenizerSizes& sizes, std::size_t tensors,
                std::int64_t parameters, const std::string& digest) {
    FilledSource source;
    const EmageTokenizer tokenizer(source, sizes);
    EXPECT_EQ(source.specs().size(), tensors);
    EXPECT_EQ(source.parameterCount(), parameters);
    EXPECT_EQ(source.digest(), digest);
}

TEST(EmageTokenizer, HasTheKeysOfTheOriginal) {
    expectKeys({.channels = 106}, 27, 2'231'168,
               "c8ace1592b8526415d047c779cbae7cc09b53fcf85b14c822923d9fab08099a0");
    expectKeys({.channels = 78}, 27, 2'172'648,
               "1408f432bb186551fbc799faef12d3e4fa8b305fd623f88b0fe072453b719039");
    expectKeys({.channels = 180}, 27, 2'408'472,
               "8a4773f733c750f26eff5e29d0ff317ef05ecf561030190d27a35246d509b31c");
    expectKeys({.channels = 61, .convolutions = 4}, 43, 3'714'325,
               "84c0c3f1d6570a52f3abf185de0a1ee2c5bffc0c3c7b37e9b15a67984da4223e");
}

// Its values are those of global_motion.txt: the script checks that both originals say the same.
TEST(GlobalMotion, HasTheKeysOfEmagesOwn) {
    FilledSource source;
    const models::GlobalMotion made(source, {});
    EXPECT_EQ(source.digest(), "59af502ac4d4cd4355e0b2bfda8ab0dc34eb9b3798b762705583efae10b15d75");
}

} // namespace
} // namespace gesture::test
