// SPDX-License-Identifier: Apache-2.0
// One training step against the originals': losses, gradients, running statistics, codebooks.
// Values: tests/golden/make_training_golden.py.
#include "core/models/networks/motion_tokenizer.h"
#include "tests/core/models/filled_source.h"
#include "tests/support/golden_values.h"
#include "tests/training/stages/stage_fixture.h"
#include "training/losses/rotation_losses.h"
#include "training/stages/echomask_stage.h"
#include "training/stages/global_motion_stage.h"
#include "training/stages/quantizer_training.h"
#include "training/stages/semtalk_base_stage.h"
#include "training/stages/semtalk_sparse_stage.h"
#include "training/stages/skeleton_edges.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/slice.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace gesture::training {
namespace {

using namespace gesture::test;
using Golden = std::map<std::string, std::vector<float>>;

constexpr std::int64_t kBatch = 2;
/// Rounding in another order; losses are of the order of 10.
constexpr double kLossTolerance = 1e-4;
constexpr double kGradientTolerance = 2e-3; ///< Of a tensor's norm.

/// Initial values that follow from names alone, as the originals were filled.
StageBasics filledBasics() {
    StageBasics basics = plainBasics();
    auto source = std::make_shared<FilledSource>();
    basics.initial.known = [source](const models::TensorSpec& spec) {
        return std::optional<at::Tensor>(source->take(spec));
    };
    return basics;
}

at::Tensor whole(const std::string& name, double count, std::vector<std::int64_t> shape) {
    return ((namedUniform(name, std::move(shape)) + 1.0) / 2.0 * count).floor().clamp(0, count - 1);
}

Codebooks goldenCodebooks() {
    const auto books = [](const char* part) {
        return 0.5 * namedUniform(std::string("books:") + part, {6, 256, 256});
    };
    return Codebooks({books("face"), books("hands"), books("upper"), books("lower")});
}

Batch goldenBatch() {
    Batch batch{{"motion", namedUniform("in:motion", {kBatch, 64, 337})},
                {"speaker", at::ones({kBatch})},
                {"beat", namedUniform("in:beat", {kBatch, 64, 3})},
                {"speech", namedUniform("in:hubert1024", {kBatch, 64, 1024})},
                {"words", whole("in:word", 11195, {kBatch, 64})},
                {"sentence", 0.3 * namedUniform("in:clip", {kBatch, 512})},
                {"score", (namedUniform("in:score", {kBatch, 64}) > 0.5).to(at::kFloat) * 0.6}};
    for (const char* part : {"face", "upper", "hands", "lower"})
        batch.emplace(std::string("codes_") + part,
                      whole(std::string("in:codes_") + part, 256, {kBatch, 16, 6}));
    return batch;
}

at::Tensor hiddenNumbers() {
    return (namedUniform("in:hidden", {kBatch, 64, 337}) < -0.4).to(at::kFloat);
}

void expectLosses(const Golden& golden, const std::string& name, const std::vector<double>& ours) {
    const auto& theirs = golden.at(name);
    ASSERT_EQ(theirs.size(), ours.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
        EXPECT_NEAR(ours[i], theirs[i], kLossTolerance * std::max(1.0F, std::abs(theirs[i])))
            << name << " " << i;
}

/// Norm and a few elements of gradients, by name.
void expectGoldenGradients(std::span<const NamedTensor> parameters, const Golden& golden,
                           const std::string& suffix = {}) {
    std::size_t compared = 0;
    for (const NamedTensor& parameter : parameters) {
        const auto theirs = golden.find("grad:" + parameter.name + suffix);
        if (theirs == golden.end()) continue;
        ++compared;
        ASSERT_TRUE(parameter.tensor.grad().defined()) << parameter.name;
        const at::Tensor flat = parameter.tensor.grad().flatten();
        const at::Tensor some =
            flat.slice(0, 0, flat.numel(), std::max<std::int64_t>(1, flat.numel() / 7));
        std::vector<double> ours{flat.norm().item<double>()};
        for (std::int64_t i = 0; i < std::min<std::int64_t>(8, some.numel()); ++i)
            ours.push_back(some[i].item<double>());
        ASSERT_EQ(ours.size(), theirs->second.size()) << parameter.name;
        const double norm = theirs->second.front();
        for (std::size_t i = 0; i < ours.size(); ++i)
            EXPECT_NEAR(ours[i], theirs->second[i], kGradientTolerance * norm)
                << parameter.name << " " << i;
    }
    std::size_t wanted = 0;
    for (const auto& [name, values] : golden)
        wanted += name.starts_with("grad:") && name.ends_with(suffix) ? 1U : 0U;
    EXPECT_EQ(compared, wanted);
}

struct PassOf {
    const char* name;
    MaskPass which;
    at::Tensor mask;
};

/// The three passes, told backwards; each one's loss and terms against the golden ones.
void expectPasses(GeneratorStage& stage, const Batch& batch, const Golden& golden,
                  const at::Tensor& hidden, const char* lastTerm) {
    const at::Tensor seed = seedMask(entryOf(batch, "motion"));
    const std::vector<PassOf> passes{{"loss_a", MaskPass::Seed, seed},
                                     {"loss_b", MaskPass::Unheard, hidden},
                                     {"loss_c", MaskPass::Heard, hidden}};
    for (const PassOf& pass : passes) {
        FigureSheet sheet;
        const at::Tensor loss = stage.passLoss(batch, pass.which, pass.mask, sheet);
        sendBackward(loss, {});
        const Figures terms = sheet.figures();
        std::vector<double> ours{loss.item<double>(), figure(terms, "loss.codes"),
                                 0.5 * figure(terms, "loss.latents")};
        if (lastTerm != nullptr) ours.push_back(figure(terms, lastTerm));
        expectLosses(golden, pass.name, ours);
    }
    expectGoldenGradients(stage.parameters(), golden);
}

TEST(TrainingStep, SemTalkBaseEqualsTheOriginal) {
    const Golden golden = goldenValues("training/base.txt");
    SemTalkBaseSettings settings;
    settings.publishedSecondPass = true;
    SemTalkBaseStage stage(settings, goldenCodebooks(), filledBasics());
    expectPasses(stage, goldenBatch(), golden, hiddenNumbers(), nullptr);
    for (const NamedTensor& buffer : stage.buffers()) {
        const bool mean = buffer.name == "hubert_encoder_body.1.running_mean";
        if (!mean && buffer.name != "hubert_encoder_body.1.running_var") continue;
        const auto& theirs = golden.at(mean ? "running_mean" : "running_var");
        for (std::size_t i = 0; i < theirs.size(); ++i)
            EXPECT_NEAR(buffer.tensor[static_cast<std::int64_t>(i)].item<double>(), theirs[i],
                        1e-5);
    }
}

TEST(TrainingStep, SemTalkSparseEqualsTheOriginal) {
    SemTalkSparseSettings settings;
    settings.publishedGate = true;
    SemTalkSparseStage stage(settings, goldenCodebooks(), filledBasics());
    expectPasses(stage, goldenBatch(), goldenValues("training/sparse.txt"), hiddenNumbers(),
                 "loss.gate");
}

TEST(TrainingStep, EchoMaskEqualsTheOriginal) {
    EchoMaskStage stage({}, goldenCodebooks(), filledBasics());
    Batch batch = goldenBatch();
    batch["speech"] = namedUniform("in:hubert256", {kBatch, 64, 256});
    batch["speech_low"] = namedUniform("in:hubert_hid256", {kBatch, 64, 256});
    const at::Tensor frames = (namedUniform("in:frames", {kBatch, 64}) < -0.25).to(at::kFloat);
    expectPasses(stage, batch, goldenValues("training/echomask.txt"),
                 frames.unsqueeze(-1).expand({-1, -1, 337}), "loss.alignment");
}

TEST(TrainingStep, QuantizerEqualsTheOriginalOverTwoSteps) {
    const Golden golden = goldenValues("training/quantizer.txt");
    TrainableTensors tensors{at::Device(at::kCPU)};
    const models::MotionTokenizer network(tensors, {});
    tensors.fill(filledBasics().initial);
    QuantizerSettings settings;
    settings.temperature = 0.0;
    QuantizerTraining quantizer(network.quantizer().codebooks(), settings);
    for (int step = 0; step < 2; ++step) {
        const std::string suffix = std::to_string(step);
        for (const NamedTensor& parameter : tensors.parameters())
            at::Tensor(parameter.tensor).mutable_grad() = at::Tensor();
        const at::Tensor motion = namedUniform("in:step" + suffix, {16, 64, 78});
        const auto quantized = quantizer(network.latents(motion, models::Pass::TrainingUndropped));
        const at::Tensor made =
            network.reconstruct(quantized.latents, models::Pass::TrainingUndropped);
        const at::Tensor loss = at::mse_loss(made, motion) + quantized.commitment;
        loss.backward();
        expectLosses(golden, "loss" + suffix,
                     {loss.item<double>(), quantized.commitment.item<double>(),
                      quantized.perplexity.item<double>()});
        const at::Tensor codes = quantized.codes.narrow(0, 0, 2).to(at::kFloat).flatten();
        const auto& theirs = golden.at("codes" + suffix);
        ASSERT_EQ(static_cast<std::size_t>(codes.numel()), theirs.size());
        for (std::size_t i = 0; i < theirs.size(); ++i)
            EXPECT_EQ(codes[static_cast<std::int64_t>(i)].item<float>(), theirs[i]) << i;
        expectGoldenGradients(tensors.parameters(), golden, suffix);
        for (const int layer : {0, 5}) {
            const at::Tensor book = network.quantizer()
                                        .codebooks()[static_cast<std::size_t>(layer)]
                                        .slice(0, 0, 256, 51)
                                        .slice(1, 0, 256, 37)
                                        .flatten();
            const auto& wanted = golden.at("book" + std::to_string(layer) + "_" + suffix);
            ASSERT_EQ(static_cast<std::size_t>(book.numel()), wanted.size());
            for (std::size_t i = 0; i < wanted.size(); ++i)
                EXPECT_NEAR(book[static_cast<std::int64_t>(i)].item<double>(), wanted[i], 2e-4);
        }
    }
}

TEST(TrainingStep, GlobalMotionEqualsTheOriginal) {
    const Golden golden = goldenValues("training/global_motion.txt");
    GlobalMotionSettings settings;
    GlobalMotionStage stage(settings, filledBasics());
    at::Tensor motion = namedUniform("in:motion", {kBatch, 64, 337});
    at::Tensor contacts = motion.narrow(2, 333, 4);
    contacts.copy_((contacts > 0).to(at::kFloat));
    const Figures figures = stage.addGradients({{"motion", motion}}, {});
    expectLosses(golden, "loss", {figure(figures, "loss")});
    expectGoldenGradients(stage.parameters(), golden);
}

TEST(TrainingStep, RotationLossesEqualTheOriginals) {
    const Golden golden = goldenValues("training/losses.txt");
    at::Tensor six = namedUniform("in:six", {2, 8, 78});
    const at::Tensor other = six + 0.3 * namedUniform("in:other", {2, 8, 78});
    six.set_requires_grad(true);
    const at::Tensor first = matricesFrom6d(six);
    const at::Tensor second = matricesFrom6d(other);
    const auto moving = differenceErrors(first, second, Norm::Absolute);
    const at::Tensor angle = geodesicError(first, second);
    (angle + moving.velocity + moving.acceleration).backward();
    expectLosses(
        golden, "terms",
        {angle.item<double>(), moving.velocity.item<double>(), moving.acceleration.item<double>()});
    const at::Tensor gradient = six.grad().flatten().slice(0, 0, six.numel(), 50);
    const auto& theirs = golden.at("grad");
    ASSERT_EQ(static_cast<std::size_t>(gradient.numel()), theirs.size());
    for (std::size_t i = 0; i < theirs.size(); ++i)
        EXPECT_NEAR(gradient[static_cast<std::int64_t>(i)].item<double>(), theirs[i], 1e-5);
}

/// Lists one after the other, each begun by -1.
std::vector<float> flattened(const std::vector<std::vector<int>>& lists) {
    std::vector<float> flat;
    for (const auto& list : lists) {
        flat.push_back(-1.0F);
        flat.insert(flat.end(), list.begin(), list.end());
    }
    return flat;
}

TEST(TrainingStep, SkeletonEdgesEqualTheOriginals) {
    const Golden golden = goldenValues("training/skeleton.txt");
    SkeletonEdges edges = smplxEdges();
    for (int size = 0; size < 3; ++size) {
        EXPECT_EQ(flattened(nearbyEdges(edges)), golden.at("near" + std::to_string(size)));
        const PooledSkeleton fewer = pooled(edges);
        EXPECT_EQ(flattened(fewer.merged), golden.at("merged" + std::to_string(size)));
        edges = fewer.edges;
    }
}

} // namespace
} // namespace gesture::training
