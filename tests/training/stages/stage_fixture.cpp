// SPDX-License-Identifier: Apache-2.0
#include "tests/training/stages/stage_fixture.h"

#include "core/models/bundle/tensor_list.h"
#include "tests/core/models/filled_source.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros_like.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace gesture::test {

using namespace training;

namespace {

at::Tensor wholeNumbers(const std::string& name, std::int64_t count,
                        std::vector<std::int64_t> shape) {
    return ((namedUniform(name, std::move(shape)) + 1.0) / 2.0 * static_cast<double>(count))
        .floor()
        .clamp(0, static_cast<double>(count - 1));
}

/// Numbers near the identity in six dimensions, with places and contacts.
at::Tensor syntheticMotion(const std::string& name, std::int64_t batch, std::int64_t frames) {
    const at::Tensor identity = at::tensor({1.0F, 0.0F, 0.0F, 0.0F, 1.0F, 0.0F}).repeat({55});
    const at::Tensor rotations =
        identity + 0.3 * namedUniform(name + ":rotations", {batch, frames, 330});
    const at::Tensor places = 0.2 * namedUniform(name + ":places", {batch, frames, 3});
    const at::Tensor contacts =
        (namedUniform(name + ":contacts", {batch, frames, 4}) > 0).to(at::kFloat);
    return at::cat({rotations, places, contacts}, 2);
}

} // namespace

models::GeneratorSizes tinyGenerator() {
    models::GeneratorSizes sizes;
    sizes.window = 16;
    sizes.hidden = 16;
    sizes.latent = 8;
    sizes.speech = 12;
    sizes.projected = 8;
    sizes.sentence = 6;
    sizes.words = 9;
    sizes.wordWidth = 6;
    sizes.speakers = 3;
    sizes.codes = 8;
    sizes.codeLayers = 2;
    sizes.heads = 2;
    sizes.residualHeads = 2;
    sizes.hiddenFeedForward = 24;
    sizes.latentFeedForward = 16;
    sizes.residualFeedForward = 16;
    sizes.queryFeedForward = 24;
    sizes.faceLayers = 1;
    sizes.hintLayers = 2;
    sizes.residualDepth = 1;
    sizes.alignmentLayers = 1;
    return sizes;
}

models::GeneratorSizes tinyFlaggedGenerator() {
    models::GeneratorSizes sizes = tinyGenerator();
    sizes.projected = 12;
    sizes.posteriors = 5;
    sizes.normalised = true;
    sizes.peOnSpeech = true;
    sizes.frameAligned = true;
    sizes.speechPosteriors = true;
    sizes.adaptedSpeech = true;
    sizes.sentenceOfWords = true;
    return sizes;
}

Batch syntheticBatch(std::int64_t batch, const models::GeneratorSizes& sizes,
                     const std::string& name) {
    const std::int64_t frames = sizes.window;
    const auto values = [&](const char* what, std::int64_t width) {
        return namedUniform(name + ":" + what, {batch, frames, width});
    };
    Batch made{{"motion", syntheticMotion(name, batch, frames)},
               {"expressions", values("expressions", 100)},
               {"betas", namedUniform(name + ":betas", {batch, 300})},
               {"speaker", wholeNumbers(name + ":speaker", sizes.speakers, {batch})},
               {"beat", values("beat", sizes.beat)},
               {"speech", values("speech", sizes.speech)},
               {"speech_low", values("speech_low", sizes.projected)},
               {"words", wholeNumbers(name + ":words", sizes.words, {batch, frames})},
               {"score", (namedUniform(name + ":score", {batch, frames}) > 0.2).to(at::kFloat)},
               {"sentence", namedUniform(name + ":sentence", {batch, sizes.sentence})},
               {"posteriors", (values("posteriors", sizes.posteriors) + 1.0) / 2.0},
               {"events", (values("events", sizes.posteriors) > 0.5).to(at::kFloat)},
               {"stroke", wholeNumbers(name + ":stroke", 2, {batch, frames})}};
    if (sizes.projected != sizes.speech) made["speech_low"] = values("speech_low", sizes.projected);
    for (const char* part : {"face", "upper", "hands", "lower"})
        made.emplace(std::string("codes_") + part,
                     wholeNumbers(name + ":codes_" + part, sizes.codes,
                                  {batch, frames / 4, sizes.codeLayers})
                         .to(at::kShort));
    return made;
}

Codebooks syntheticCodebooks(const models::GeneratorSizes& sizes) {
    const auto books = [&](const char* part) {
        return 0.5 * namedUniform(std::string("books:") + part,
                                  {sizes.codeLayers, sizes.codes, sizes.latent});
    };
    return Codebooks({books("face"), books("hands"), books("upper"), books("lower")});
}

StageBasics plainBasics() {
    StageBasics basics;
    basics.pass = models::Pass::TrainingUndropped;
    basics.initial.seed = 1;
    return basics;
}

double figure(const Figures& figures, const std::string& name) {
    for (const auto& [known, value] : figures)
        if (known == name) return value;
    ADD_FAILURE() << "There is no figure '" << name << "'.";
    return NAN;
}

Figures SmallOptimiser::step(const Batch& batch) {
    for (const NamedTensor& parameter : stage_.parameters())
        at::Tensor(parameter.tensor).mutable_grad() = at::Tensor();
    StepContext context;
    context.step = steps_++;
    context.totalSteps = 100;
    Figures figures = stage_.addGradients(batch, context);
    const at::NoGradGuard noGradient;
    first_.resize(stage_.parameters().size());
    second_.resize(first_.size());
    for (std::size_t i = 0; i < first_.size(); ++i) {
        at::Tensor parameter = stage_.parameters()[i].tensor;
        const at::Tensor gradient = parameter.grad();
        if (!gradient.defined()) continue;
        if (!first_[i].defined()) {
            first_[i] = at::zeros_like(gradient);
            second_[i] = at::zeros_like(gradient);
        }
        first_[i].mul_(0.8).add_(gradient, 0.2);
        second_[i].mul_(0.95).add_(gradient.square(), 0.05);
        parameter.add_(first_[i] / (at::sqrt(second_[i]) + 1e-6), -rate_);
    }
    stage_.afterStep(context);
    return figures;
}

void expectExportable(const Stage& stage) {
    for (const ExportedNetwork& network : stage.networks()) {
        const auto wanted = models::tensorsOf(network.entry);
        ASSERT_TRUE(wanted) << wanted.error().message();
        std::map<std::string, std::vector<std::int64_t>> exported;
        for (const NamedTensor& named : network.tensors)
            exported.emplace(named.name, named.tensor.sizes().vec());
        for (const models::TensorSpec& spec : *wanted) {
            if (spec.liveness == models::Liveness::Dead) continue;
            ASSERT_TRUE(exported.contains(spec.name)) << spec.name;
            EXPECT_EQ(exported[spec.name], spec.shape) << spec.name;
        }
    }
}

void expectGradients(const Stage& stage) {
    bool any = false;
    for (const NamedTensor& parameter : stage.parameters()) {
        const at::Tensor gradient = parameter.tensor.grad();
        ASSERT_TRUE(gradient.defined()) << parameter.name;
        EXPECT_TRUE(at::isfinite(gradient).all().item<bool>()) << parameter.name;
        any = any || gradient.abs().max().item<double>() > 0.0;
    }
    EXPECT_TRUE(any);
}

} // namespace gesture::test
