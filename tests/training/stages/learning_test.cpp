// SPDX-License-Identifier: Apache-2.0
// Every stage on a batch that it can learn by heart: all parameters get gradients, the loss falls,
// and what is exported is what a bundle's network asks for.
#include "core/motion/average_skeleton.h"
#include "core/motion/representation.h"
#include "tests/training/stages/stage_fixture.h"
#include "training/stages/echomask_stage.h"
#include "training/stages/global_motion_stage.h"
#include "training/stages/motion_features_stage.h"
#include "training/stages/semtalk_base_stage.h"
#include "training/stages/semtalk_sparse_stage.h"
#include "training/stages/speech_encoder_stage.h"
#include "training/stages/tokenizer_stage.h"

#include <ATen/Context.h>
#include <ATen/ops/full.h>
#include <gtest/gtest.h>

namespace gesture::training {
namespace {

using namespace gesture::test;
using motion::BodyPart;

/// Draws begin anew: same test, same numbers.
class Learning : public testing::Test {
protected:
    void SetUp() override { at::manual_seed(1); }

    /// Trains on one batch and holds what every stage promises against what it does.
    static void expectLearns(Stage& stage, const Batch& batch, int steps, double falls,
                             double rate = 3e-3) {
        SmallOptimiser optimiser(stage, rate);
        const double before = figure(optimiser.step(batch), "loss");
        expectGradients(stage);
        double after = before;
        for (int i = 1; i < steps; ++i)
            after = figure(optimiser.step(batch), "loss");
        EXPECT_LT(after, falls * before);
        expectExportable(stage);
        JobControl control;
        const auto measured = stage.evaluate(RepeatedBatches(batch, 2), control);
        ASSERT_TRUE(measured) << measured.error().message();
        EXPECT_TRUE(std::isfinite(figure(*measured, std::string(stage.selection()))));
    }
};

TokenizerSettings tinyTokenizer(BodyPart part) {
    TokenizerSettings settings;
    settings.part = part;
    settings.sizes = {motion::channelCount(part), 16, 16, 2, true};
    settings.quantizer.revival = QuantizerSettings::Revival::RandomRows;
    settings.quantizer.deadBelow = 0.1;
    settings.quantizer.decay = 0.9;
    settings.mean = at::full({settings.sizes.channels}, 0.1);
    settings.deviation = at::full({settings.sizes.channels}, 0.5);
    settings.weights.commitment = 0.05;
    settings.body =
        std::make_shared<const BodyJoints>(motion::averageRestJoints(), at::Device(at::kCPU));
    return settings;
}

TEST_F(Learning, TokenizersOfAllPartsLearnABatch) {
    for (const BodyPart part :
         {BodyPart::Face, BodyPart::Upper, BodyPart::Hands, BodyPart::Lower}) {
        SCOPED_TRACE(motion::nameOf(part));
        TokenizerStage stage(tinyTokenizer(part), plainBasics());
        expectLearns(stage, syntheticBatch(8, tinyGenerator()), 40, 0.95);
    }
}

TEST_F(Learning, GlobalMotionLearnsABatch) {
    GlobalMotionSettings settings;
    settings.sizes.width = 16;
    settings.body =
        std::make_shared<const BodyJoints>(motion::averageRestJoints(), at::Device(at::kCPU));
    GlobalMotionStage stage(settings, plainBasics());
    expectLearns(stage, syntheticBatch(4, tinyGenerator()), 30, 0.97);
}

TEST_F(Learning, MotionFeaturesLearnABatch) {
    MotionFeaturesStage stage({}, plainBasics());
    expectLearns(stage, syntheticBatch(4, tinyGenerator()), 20, 0.98, 2e-4);
}

TEST_F(Learning, SpeechEncoderLearnsABatch) {
    SpeechEncoderSettings settings;
    settings.sizes.width = 16;
    settings.sizes.inner = 24;
    settings.sizes.dilations = {1, 2};
    settings.sizes.lowBlock = 1;
    settings.sizes.phones = 5;
    settings.sizes.lexiconWords = 4;
    settings.augmentation.speedShare = 0.5;
    models::GeneratorSizes sizes = tinyGenerator();
    sizes.speech = settings.sizes.bands;
    sizes.words = 4;
    sizes.window = 48;
    Batch batch = syntheticBatch(4, sizes);
    batch.emplace("mel", batch.at("speech"));
    batch.emplace("phone", batch.at("words"));
    batch.emplace("lexicon", batch.at("words"));
    batch.emplace("stress", batch.at("score"));
    batch.emplace("apex", batch.at("stroke"));
    SpeechEncoderStage stage(settings, plainBasics());
    expectLearns(stage, batch, 60, 0.98);
}

template <typename Settings>
Settings generatorSettings(const models::GeneratorSizes& sizes) {
    Settings settings;
    settings.sizes = sizes;
    settings.mean = at::full({sizes.motion}, 0.1);
    settings.deviation = at::full({sizes.motion}, 0.5);
    return settings;
}

TEST_F(Learning, SemTalkBaseLearnsABatch) {
    for (const auto& sizes : {tinyGenerator(), tinyFlaggedGenerator()}) {
        SemTalkBaseStage stage(generatorSettings<SemTalkBaseSettings>(sizes),
                               syntheticCodebooks(sizes), plainBasics());
        expectLearns(stage, syntheticBatch(4, sizes), 30, 0.9);
    }
}

TEST_F(Learning, SemTalkSparseLearnsABatch) {
    for (const auto& sizes : {tinyGenerator(), tinyFlaggedGenerator()}) {
        auto settings = generatorSettings<SemTalkSparseSettings>(sizes);
        settings.weights.latentsByVariance = true;
        settings.wordDrop = sizes.sentenceOfWords ? 0.25 : 0.0;
        SemTalkSparseStage stage(settings, syntheticCodebooks(sizes), plainBasics());
        expectLearns(stage, syntheticBatch(4, sizes), 30, 0.9);
    }
}

/// EchoMask's two streams of speech have one width.
models::GeneratorSizes tinyEcho() {
    models::GeneratorSizes sizes = tinyGenerator();
    sizes.speech = sizes.projected;
    return sizes;
}

TEST_F(Learning, EchoMaskLearnsABatch) {
    for (const auto& sizes : {tinyEcho(), tinyFlaggedGenerator()}) {
        EchoMaskStage stage(generatorSettings<EchoMaskSettings>(sizes), syntheticCodebooks(sizes),
                            plainBasics());
        expectLearns(stage, syntheticBatch(4, sizes), 30, 0.9);
    }
}

TEST_F(Learning, EchoMaskHidesBySpeechByLotAndByLoss) {
    const auto sizes = tinyEcho();
    for (const auto kind : {EchoMaskSettings::Masks::SpeechQueried, EchoMaskSettings::Masks::Random,
                            EchoMaskSettings::Masks::ByLoss}) {
        auto settings = generatorSettings<EchoMaskSettings>(sizes);
        settings.masks = kind;
        settings.lastLayerAlone = true;
        settings.passes.onePerStep = true;
        settings.passes.seedShare = 0.0;
        settings.passes.heardShare = 1.0;
        EchoMaskStage stage(settings, syntheticCodebooks(sizes), plainBasics());
        const Figures figures = stage.addGradients(syntheticBatch(2, sizes), {});
        EXPECT_TRUE(std::isfinite(figure(figures, "loss")));
    }
}

TEST_F(Learning, TheTeacherFollowsTheNetwork) {
    const auto sizes = tinyEcho();
    auto settings = generatorSettings<EchoMaskSettings>(sizes);
    settings.teacherDecay = 0.5;
    EchoMaskStage stage(settings, syntheticCodebooks(sizes), plainBasics());
    const auto named = [&](std::span<const NamedTensor> all, const std::string& name) {
        for (const NamedTensor& tensor : all)
            if (tensor.name == name) return tensor.tensor.detach().clone();
        ADD_FAILURE() << name;
        return at::Tensor();
    };
    const std::string name = "face_classifier.mlp.0.weight";
    const at::Tensor before = named(stage.buffers(), "teacher." + name);
    EXPECT_TRUE(before.equal(named(stage.parameters(), name)));
    SmallOptimiser(stage).step(syntheticBatch(2, sizes));
    const at::Tensor expected = (before + named(stage.parameters(), name)) / 2.0;
    EXPECT_TRUE(named(stage.buffers(), "teacher." + name).allclose(expected, 1e-5, 1e-7));
}

TEST_F(Learning, EvaluationWithoutDataSaysSo) {
    const auto sizes = tinyGenerator();
    SemTalkBaseStage stage(generatorSettings<SemTalkBaseSettings>(sizes), syntheticCodebooks(sizes),
                           plainBasics());
    JobControl control;
    const auto measured = stage.evaluate(RepeatedBatches({}, 0), control);
    ASSERT_FALSE(measured);
    EXPECT_NE(measured.error().message().find("held-out"), std::string::npos);
}

TEST_F(Learning, ALossScaleScalesGradientsAlone) {
    const auto sizes = tinyGenerator();
    const auto run = [&](double scale) {
        at::manual_seed(3);
        SemTalkBaseStage stage(generatorSettings<SemTalkBaseSettings>(sizes),
                               syntheticCodebooks(sizes), plainBasics());
        StepContext context;
        context.lossScale = scale;
        const Figures figures = stage.addGradients(syntheticBatch(2, sizes), context);
        return std::pair(figure(figures, "loss"), stage.parameters()[0].tensor.grad().clone());
    };
    const auto [loss, gradient] = run(1.0);
    const auto [scaledLoss, scaledGradient] = run(8.0);
    EXPECT_DOUBLE_EQ(loss, scaledLoss);
    EXPECT_TRUE(scaledGradient.allclose(gradient * 8.0, 1e-4, 1e-7));
}

} // namespace
} // namespace gesture::training
