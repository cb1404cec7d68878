// SPDX-License-Identifier: Apache-2.0
#include "training/stages/tokenizer_stage.h"

#include "core/motion/representation.h"
#include "training/stages/motion_parts.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/index_copy.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <array>
#include <numbers>
#include <utility>

#include <fmt/format.h>

namespace gesture::training {

namespace {

using motion::BodyPart;

constexpr std::int64_t kLowerRotations = 54;
constexpr std::int64_t kLowerContacts = 57;
constexpr double kDegrees = 180.0 / std::numbers::pi;

/// Adds a weighted term to a loss and notes it; terms of weight 0 are not computed.
template <typename Term>
void include(at::Tensor& loss, FigureSheet& sheet, const char* name, double weight,
             const Term& term) {
    if (weight == 0.0) return;
    const at::Tensor value = term();
    sheet.add(name, value);
    loss = loss + weight * value;
}

io::NetworkSizes sizesOf(const models::TokenizerSizes& sizes) {
    io::NetworkSizes named{{"channels", {sizes.channels}},
                           {"width", {sizes.width}},
                           {"codes", {sizes.codes}},
                           {"layers", {sizes.layers}}};
    if (sizes.normalised) named["normalised"] = {1};
    if (sizes.expectedCode > 0) named["expected_code"] = {sizes.expectedCode};
    return named;
}

} // namespace

TokenizerStage::TokenizerStage(TokenizerSettings settings, const StageBasics& basics)
    : settings_(std::move(settings))
    , basics_(basics)
    , tensors_(basics.device) {
    network_ = std::make_unique<const models::MotionTokenizer>(tensors_, settings_.sizes);
    tensors_.fill(basics_.initial);
    if (settings_.mean.defined() && settings_.sizes.normalised && !settings_.keepsCodebooks) {
        tensors_.named("channel_norm.mean").copy_(settings_.mean);
        tensors_.named("channel_norm.deviation").copy_(settings_.deviation);
    }
    quantizer_.emplace(network_->quantizer().codebooks(), settings_.quantizer);
    if (settings_.keepsCodebooks) quantizer_->keepCodebooks();
    buffers_.assign(tensors_.buffers().begin(), tensors_.buffers().end());
    const auto statistics = quantizer_->statistics();
    buffers_.insert(buffers_.end(), statistics.begin(), statistics.end());
}

std::int64_t TokenizerStage::rotationChannels() const {
    return static_cast<std::int64_t>(6 * motion::jointsOf(settings_.part).size());
}

at::Tensor TokenizerStage::part(const Batch& batch) const {
    const bool face = settings_.part == BodyPart::Face;
    return partOfMotion(settings_.part, entryOf(batch, "motion"),
                        face ? entryOf(batch, "expressions") : at::Tensor());
}

BodyJoints::Posed TokenizerStage::posed(const at::Tensor& rotations,
                                        const at::Tensor& betas) const {
    // (batch, frames, joints, 3, 3) to whole bodies, whose other joints are at rest.
    const at::Tensor flat = rotations.flatten(0, 1);
    at::Tensor rest = at::eye(3, flat.options()).repeat({motion::kJointCount, 1, 1});
    const at::Tensor hands = settings_.body->restHands().to(flat.device());
    rest = at::cat({rest.narrow(0, 0, motion::kFirstLeftHandJoint), hands}, 0);
    const at::Tensor whole = at::index_copy(rest.expand({flat.size(0), -1, -1, -1}), 1,
                                            jointIndexOf(settings_.part, flat.device()), flat);
    return settings_.body->pose(whole, betas);
}

at::Tensor TokenizerStage::bodyErrors(const at::Tensor& made, const at::Tensor& truth,
                                      const Batch& batch, FigureSheet& sheet) const {
    at::Tensor loss = at::zeros({}, made.options());
    const bool lower = settings_.part == BodyPart::Lower;
    const TokenizerWeights& weights = settings_.weights;
    const double joints = lower ? weights.joints : 0.0;
    const double foot = lower ? weights.foot : 0.0;
    const double surface = !lower && settings_.body->hasVertices() ? weights.vertices : 0.0;
    if (joints == 0.0 && foot == 0.0 && surface == 0.0) return loss;
    at::Tensor betas;
    if (const auto known = batch.find("betas"); known != batch.end())
        betas = known->second.repeat_interleave(made.size(1), 0);
    const std::int64_t channels = rotationChannels();
    const auto here = posed(matricesFrom6d(made.narrow(2, 0, channels)), betas);
    const auto there = posed(matricesFrom6d(truth.narrow(2, 0, channels)), betas);
    const Norm norm = settings_.part == BodyPart::Face ? Norm::Squared : Norm::Absolute;
    include(loss, sheet, "loss.joints", joints,
            [&] { return at::mse_loss(here.joints, there.joints); });
    include(loss, sheet, "loss.foot", foot, [&] {
        const std::array<std::int64_t, 4> feet{motion::kLeftAnkle, motion::kRightAnkle,
                                               motion::kLeftFoot, motion::kRightFoot};
        const at::Tensor places = here.joints.index_select(1, at::tensor(feet).to(made.device()))
                                      .view({made.size(0), made.size(1), 4, 3});
        return footSlide(places, made.narrow(2, kLowerContacts, motion::kContactCount));
    });
    include(loss, sheet, "loss.vertices", surface, [&] {
        const auto along = differenceErrors(here.vertices, there.vertices, norm);
        return at::mse_loss(here.vertices, there.vertices) + along.velocity + along.acceleration;
    });
    return loss;
}

at::Tensor TokenizerStage::errors(const at::Tensor& made, const at::Tensor& truth,
                                  const Batch& batch, FigureSheet& sheet) const {
    const TokenizerWeights& weights = settings_.weights;
    const std::int64_t channels = rotationChannels();
    const at::Tensor six = made.narrow(2, 0, channels);
    const at::Tensor sixTruth = truth.narrow(2, 0, channels);
    const at::Tensor turned = matricesFrom6d(six);
    const at::Tensor turnedTruth = matricesFrom6d(sixTruth);
    const bool face = settings_.part == BodyPart::Face;
    const bool lower = settings_.part == BodyPart::Lower;
    const auto moving =
        differenceErrors(turned, turnedTruth, face ? Norm::Squared : Norm::Absolute);
    at::Tensor loss = at::zeros({}, made.options());
    include(loss, sheet, "loss.rotation", weights.rotation,
            [&] { return geodesicError(turned, turnedTruth); });
    include(loss, sheet, "loss.velocity", weights.velocity, [&] { return moving.velocity; });
    include(loss, sheet, "loss.acceleration", weights.acceleration,
            [&] { return moving.acceleration; });
    include(loss, sheet, "loss.values", weights.values,
            [&] { return meanError(six, sixTruth, Norm::Absolute); });
    include(loss, sheet, "loss.expressions", face ? weights.expressions : 0.0, [&] {
        const at::Tensor mine = made.narrow(2, channels, made.size(2) - channels);
        const at::Tensor theirs = truth.narrow(2, channels, made.size(2) - channels);
        const auto along = differenceErrors(mine, theirs, Norm::Squared);
        return at::mse_loss(mine, theirs) + along.velocity + along.acceleration;
    });
    include(loss, sheet, "loss.contacts", lower ? weights.contacts : 0.0, [&] {
        return at::mse_loss(made.narrow(2, kLowerContacts, motion::kContactCount),
                            truth.narrow(2, kLowerContacts, motion::kContactCount));
    });
    include(loss, sheet, "loss.translation", lower ? weights.translation : 0.0, [&] {
        const std::int64_t rest = made.size(2) - kLowerRotations;
        return meanError(made.narrow(2, kLowerRotations, rest),
                         truth.narrow(2, kLowerRotations, rest), Norm::Absolute);
    });
    return settings_.body ? loss + bodyErrors(made, truth, batch, sheet) : loss;
}

Figures TokenizerStage::addGradients(const Batch& batch, const StepContext& context) {
    const at::Tensor truth = part(batch);
    const auto quantized = (*quantizer_)(network_->latents(truth, basics_.pass));
    const at::Tensor made = network_->reconstruct(quantized.latents, basics_.pass);
    FigureSheet terms;
    const at::Tensor loss =
        errors(made, truth, batch, terms) + settings_.weights.commitment * quantized.commitment;
    sendBackward(loss, context);
    FigureSheet sheet;
    sheet.add("loss", loss);
    sheet.add("loss.commitment", quantized.commitment);
    sheet.add("perplexity", quantized.perplexity);
    Figures figures = sheet.figures();
    const Figures details = terms.figures();
    figures.insert(figures.end(), details.begin(), details.end());
    return figures;
}

Result<Figures> TokenizerStage::evaluate(const BatchSource& heldOut, JobControl& control) {
    return meansOver(heldOut, basics_, control, [&](const Batch& batch) {
        const at::Tensor truth = part(batch);
        const at::Tensor made = network_->decode(network_->encode(truth));
        FigureSheet sheet;
        FigureSheet terms;
        sheet.add("loss", errors(made, truth, batch, terms));
        const std::int64_t channels = rotationChannels();
        const at::Tensor turned = matricesFrom6d(made.narrow(2, 0, channels));
        const at::Tensor turnedTruth = matricesFrom6d(truth.narrow(2, 0, channels));
        sheet.add("degrees", geodesicError(turned, turnedTruth) * kDegrees);
        sheet.add("velocity_ratio", differences(turned).abs().mean() /
                                        differences(turnedTruth).abs().mean().clamp_min(1e-9));
        if (settings_.part == BodyPart::Face) {
            const at::Tensor theirs = truth.narrow(2, channels, truth.size(2) - channels);
            const at::Tensor spread = (theirs - theirs.mean(1, true)).square().mean();
            sheet.add("expressions_lost",
                      at::mse_loss(made.narrow(2, channels, theirs.size(2)), theirs) /
                          spread.clamp_min(1e-12));
        }
        return sheet;
    });
}

std::vector<ExportedNetwork> TokenizerStage::networks() const {
    const std::string role = fmt::format("tokenizer_{}", motion::nameOf(settings_.part));
    return {{role,
             {"motion_tokenizer", role + ".safetensors", sizesOf(settings_.sizes)},
             tensors_.all()}};
}

} // namespace gesture::training
