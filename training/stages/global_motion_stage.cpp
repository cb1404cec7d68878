// SPDX-License-Identifier: Apache-2.0
#include "training/stages/global_motion_stage.h"

#include "core/motion/representation.h"
#include "training/losses/rotation_losses.h"
#include "training/stages/motion_parts.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros_like.h>

#include <array>
#include <utility>

namespace gesture::training {

namespace {

constexpr std::int64_t kRootRotations = 54; ///< Channels of the nine joints.
constexpr std::int64_t kRootX = 54;
constexpr std::int64_t kRootY = 55;
constexpr std::int64_t kRootZ = 56;
constexpr std::int64_t kRootContacts = 57;

/// Columns x and z of the root.
at::Tensor alongGround(const at::Tensor& x, std::int64_t first) {
    return at::cat({x.narrow(2, first, 1), x.narrow(2, first + 2, 1)}, 2);
}

} // namespace

GlobalMotionStage::GlobalMotionStage(GlobalMotionSettings settings, const StageBasics& basics)
    : settings_(std::move(settings))
    , basics_(basics)
    , tensors_(basics.device) {
    network_ = std::make_unique<const models::GlobalMotion>(tensors_, settings_.sizes);
    tensors_.fill(basics_.initial);
}

at::Tensor GlobalMotionStage::footError(const Batch& batch, const at::Tensor& places,
                                        const at::Tensor& contacts) const {
    const at::Tensor& motion = entryOf(batch, "motion");
    at::Tensor betas;
    if (const auto known = batch.find("betas"); known != batch.end())
        betas = known->second.repeat_interleave(motion.size(1), 0);
    const at::Tensor turned =
        matricesFrom6d(motion.narrow(2, 0, motion::kRotationChannels).flatten(0, 1));
    const std::array<std::int64_t, 4> feet{motion::kLeftAnkle, motion::kRightAnkle,
                                           motion::kLeftFoot, motion::kRightFoot};
    const at::Tensor standing = settings_.body->pose(turned, betas)
                                    .joints.index_select(1, at::tensor(feet).to(motion.device()))
                                    .view({motion.size(0), motion.size(1), 4, 3});
    return footSlide(standing + places.unsqueeze(2), contacts);
}

at::Tensor GlobalMotionStage::errors(const Batch& batch, FigureSheet& sheet) const {
    const GlobalMotionWeights& weights = settings_.weights;
    const at::Tensor lower =
        partOfMotion(motion::BodyPart::Lower, entryOf(batch, "motion"), at::Tensor());
    const at::Tensor truth = lower.narrow(2, kRootX, 3);
    const at::Tensor rotations = lower.narrow(2, 0, kRootRotations);
    const at::Tensor rest = lower.narrow(2, kRootRotations, lower.size(2) - kRootRotations);
    const at::Tensor made = (*network_)(at::cat({rotations, at::zeros_like(rest)}, 2));

    const at::Tensor speed = alongGround(made, kRootX);
    const at::Tensor speedTruth = alongGround(rootSpeed(truth), 0);
    const at::Tensor way = rootPlaces(speed, alongGround(truth, 0).select(1, 0));
    const at::Tensor places =
        at::cat({way.narrow(2, 0, 1), made.narrow(2, kRootY, 1), way.narrow(2, 1, 1)}, 2);
    const at::Tensor contacts = made.narrow(2, kRootContacts, motion::kContactCount);

    // The originals add x and z, where a mean over both is half of that.
    const auto speeds = differenceErrors(speed, speedTruth, Norm::Absolute);
    const auto ways = differenceErrors(places, truth, Norm::Absolute);
    const std::array<std::pair<const char*, std::pair<double, at::Tensor>>, 6> terms{{
        {"loss.contacts",
         {weights.contacts,
          at::mse_loss(contacts, lower.narrow(2, kRootContacts, motion::kContactCount))}},
        {"loss.speed", {weights.speed, 2.0 * meanError(speed, speedTruth, Norm::Absolute)}},
        {"loss.speed_differences",
         {weights.speedDifferences, 2.0 * (speeds.velocity + speeds.acceleration)}},
        {"loss.places", {weights.places, meanError(places, truth, Norm::Absolute)}},
        {"loss.place_differences", {weights.placeDifferences, ways.velocity + ways.acceleration}},
        {"loss.surface", {weights.surface, at::mse_loss(places, truth)}},
    }};
    at::Tensor loss = at::zeros_like(terms[0].second.second);
    for (const auto& [name, term] : terms) {
        sheet.add(name, term.second);
        loss = loss + term.first * term.second;
    }
    if (settings_.body && weights.foot > 0.0) {
        const at::Tensor foot = footError(batch, places, contacts);
        sheet.add("loss.foot", foot);
        loss = loss + weights.foot * foot;
    }
    return loss;
}

Figures GlobalMotionStage::addGradients(const Batch& batch, const StepContext& context) {
    FigureSheet terms;
    const at::Tensor loss = errors(batch, terms);
    sendBackward(loss, context);
    FigureSheet sheet;
    sheet.add("loss", loss);
    Figures figures = sheet.figures();
    const Figures details = terms.figures();
    figures.insert(figures.end(), details.begin(), details.end());
    return figures;
}

Result<Figures> GlobalMotionStage::evaluate(const BatchSource& heldOut, JobControl& control) {
    return meansOver(heldOut, basics_, control, [&](const Batch& batch) {
        FigureSheet terms;
        FigureSheet sheet;
        sheet.add("loss", errors(batch, terms));
        return sheet;
    });
}

std::vector<ExportedNetwork> GlobalMotionStage::networks() const {
    return {{"global_motion",
             {"global_motion",
              "global_motion.safetensors",
              {{"channels", {settings_.sizes.channels}}, {"width", {settings_.sizes.width}}}},
             tensors_.all()}};
}

} // namespace gesture::training
