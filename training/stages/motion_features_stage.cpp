// SPDX-License-Identifier: Apache-2.0
#include "training/stages/motion_features_stage.h"

#include "core/motion/representation.h"
#include "training/losses/rotation_losses.h"
#include "training/stages/skeleton_edges.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/mse_loss.h>

#include <cmath>
#include <numbers>
#include <string>
#include <utility>

namespace gesture::training {

namespace {

constexpr int kFeatureLayers = 4;
constexpr double kDegreesOfRadian = 180.0 / std::numbers::pi;

/// 1 where an output of an edge may see an input of a nearby edge: (outputs, inputs, kernel).
void writeMask(at::Tensor mask, const std::vector<std::vector<int>>& nearby) {
    const auto edges = static_cast<std::int64_t>(nearby.size());
    const std::int64_t outputs = mask.size(0) / edges;
    const std::int64_t inputs = mask.size(1) / edges;
    mask.zero_();
    for (std::int64_t edge = 0; edge < edges; ++edge)
        for (const int other : nearby[static_cast<std::size_t>(edge)])
            mask.narrow(0, edge * outputs, outputs).narrow(1, other * inputs, inputs).fill_(1);
}

/// Weights that were drawn for all inputs of a convolution, as they are drawn for those of nearby
/// edges alone.
void widenWeights(at::Tensor weight, const std::vector<std::vector<int>>& nearby) {
    const auto edges = static_cast<std::int64_t>(nearby.size());
    const std::int64_t outputs = weight.size(0) / edges;
    for (std::int64_t edge = 0; edge < edges; ++edge) {
        const auto seen = static_cast<double>(nearby[static_cast<std::size_t>(edge)].size());
        weight.narrow(0, edge * outputs, outputs)
            .mul_(std::sqrt(static_cast<double>(edges) / seen));
    }
}

/// Means over merged edges, channel by channel.
void writePooling(at::Tensor weight, const PooledSkeleton& skeleton) {
    const auto edges = static_cast<std::int64_t>(skeleton.merged.size());
    const std::int64_t channels = weight.size(0) / edges;
    weight.zero_();
    for (std::int64_t edge = 0; edge < edges; ++edge) {
        const auto& merged = skeleton.merged[static_cast<std::size_t>(edge)];
        for (const int from : merged)
            weight.narrow(0, edge * channels, channels)
                .narrow(1, from * channels, channels)
                .fill_diagonal_(1.0 / static_cast<double>(merged.size()));
    }
}

} // namespace

MotionFeaturesStage::MotionFeaturesStage(const MotionFeaturesWeights& weights,
                                         const StageBasics& basics)
    : weights_(weights)
    , basics_(basics)
    , tensors_(basics.device)
    , encoder_(std::make_unique<const models::MotionFeatures>(tensors_))
    , decoder_(std::make_unique<const models::MotionFeatureDecoder>(tensors_)) {
    tensors_.fill(basics_.initial);
    writeSkeleton();
}

void MotionFeaturesStage::writeSkeleton() {
    const at::NoGradGuard noGradient;
    SkeletonEdges edges = smplxEdges();
    for (int layer = 0; layer < kFeatureLayers; ++layer) {
        const std::string place = "encoder.layers." + std::to_string(layer) + ".0.";
        const auto nearby = nearbyEdges(edges);
        for (const char* convolution : {"residual.0.", "shortcut."}) {
            writeMask(tensors_.named(place + convolution + "mask"), nearby);
            widenWeights(tensors_.named(place + convolution + "weight"), nearby);
        }
        PooledSkeleton fewer = pooled(edges);
        if (!tensors_.has(place + "common.0.weight")) continue;
        writePooling(tensors_.named(place + "common.0.weight"), fewer);
        edges = std::move(fewer.edges);
    }
}

at::Tensor MotionFeaturesStage::errors(const Batch& batch, FigureSheet& sheet) const {
    const at::Tensor truth = entryOf(batch, "motion").narrow(2, 0, motion::kRotationChannels);
    const at::Tensor made = (*decoder_)((*encoder_)(truth));
    const at::Tensor turned = matricesFrom6d(made);
    const at::Tensor turnedTruth = matricesFrom6d(truth);
    const auto moving = differenceErrors(turned, turnedTruth, Norm::Absolute);
    const at::Tensor angle = geodesicError(turned, turnedTruth);
    const at::Tensor loss = weights_.rotation * angle + weights_.velocity * moving.velocity +
                            weights_.acceleration * moving.acceleration +
                            weights_.values * at::mse_loss(made, truth);
    sheet.add("loss", loss);
    sheet.add("loss.velocity", moving.velocity);
    sheet.add("loss.acceleration", moving.acceleration);
    sheet.add("degrees", angle * kDegreesOfRadian);
    return loss;
}

Figures MotionFeaturesStage::addGradients(const Batch& batch, const StepContext& context) {
    FigureSheet sheet;
    sendBackward(errors(batch, sheet), context);
    return sheet.figures();
}

Result<Figures> MotionFeaturesStage::evaluate(const BatchSource& heldOut, JobControl& control) {
    return meansOver(heldOut, basics_, control, [&](const Batch& batch) {
        FigureSheet sheet;
        (void)errors(batch, sheet);
        return sheet;
    });
}

std::vector<ExportedNetwork> MotionFeaturesStage::networks() const {
    return {{"motion_features",
             {"motion_features", "motion_features.safetensors", {}},
             tensors_.all()}};
}

} // namespace gesture::training
