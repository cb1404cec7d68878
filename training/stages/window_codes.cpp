// SPDX-License-Identifier: Apache-2.0
#include "training/stages/window_codes.h"

#include "core/models/bundle/load_network.h"
#include "core/models/networks/motion_tokenizer.h"
#include "core/motion/representation.h"
#include "training/stages/motion_parts.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <memory>
#include <vector>

#include <fmt/format.h>

namespace gesture::training {

namespace {

using motion::BodyPart;

/// Windows that are tokenized at once.
constexpr std::int64_t kWindowsAtOnce = 64;

/// Running sums of a stream's channels over the clips of a split.
ChannelStatistics statisticsOf(const WindowStore& store, std::string_view split,
                               std::string_view name, double floor) {
    const std::int64_t width = store.streams().find(name)->second;
    at::Tensor sum = at::zeros({width}, at::kDouble);
    at::Tensor squares = at::zeros({width}, at::kDouble);
    double rows = 0.0;
    const auto clips = store.clips();
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        if (clips[clip].split != split) continue;
        const StreamView view = store.stream(clip, name);
        if (view.rows() == 0) continue;
        const at::Tensor values =
            at::from_blob(const_cast<float*>(view.values.data()), {view.rows(), width}, at::kFloat)
                .to(at::kDouble);
        sum += values.sum(0);
        squares += values.square().sum(0);
        rows += static_cast<double>(view.rows());
    }
    const at::Tensor mean = sum / std::max(1.0, rows);
    const at::Tensor variance = (squares / std::max(1.0, rows) - mean.square()).clamp_min(0.0);
    return {mean.to(at::kFloat), at::sqrt(variance).to(at::kFloat).clamp_min(floor)};
}

} // namespace

Result<WindowCodes> codesOfWindows(const WindowStore& store, const WindowRequest& request,
                                   const io::Bundle& bundle, at::Device device,
                                   JobControl& control) {
    const at::NoGradGuard noGradient;
    std::array<std::unique_ptr<const models::MotionTokenizer>, motion::kBodyPartCount> tokenizers;
    for (std::size_t part = 0; part < tokenizers.size(); ++part) {
        auto loaded = models::loadNetwork<models::MotionTokenizer>(
            bundle, fmt::format("tokenizer_{}", motion::nameOf(static_cast<BodyPart>(part))),
            {device, at::kFloat});
        if (!loaded) return std::move(loaded).error();
        tokenizers[part] = std::move(*loaded);
    }
    WindowRequest inOrder = request;
    inOrder.order = WindowRequest::Order::AsStored;
    inOrder.streams = {std::string(stream::kMotion), std::string(stream::kExpressions)};
    inOrder.batch = 1;
    auto shared = std::shared_ptr<const WindowStore>(&store, [](const WindowStore*) {});
    auto windows = WindowBatches::create(std::move(shared), inOrder);
    if (!windows) return std::move(windows).error();
    const std::int64_t count = (*windows)->stepsPerEpoch();
    std::array<std::vector<at::Tensor>, motion::kBodyPartCount> codes;
    control.beginStage("Turning motion into codes", count);
    for (std::int64_t first = 0; first < count; first += kWindowsAtOnce) {
        if (control.stopRequested()) return JobControl::cancelled("Turning motion into codes");
        std::vector<at::Tensor> motions;
        std::vector<at::Tensor> expressions;
        for (std::int64_t i = first; i < std::min(count, first + kWindowsAtOnce); ++i) {
            auto batch = (*windows)->at(i, {});
            if (!batch) return std::move(batch).error();
            motions.push_back(batch->find(stream::kMotion)->second);
            expressions.push_back(batch->find(stream::kExpressions)->second);
        }
        const at::Tensor motion = at::cat(motions).to(device);
        const at::Tensor face = at::cat(expressions).to(device);
        for (std::size_t part = 0; part < tokenizers.size(); ++part)
            codes[part].push_back(
                tokenizers[part]
                    ->encode(partOfMotion(static_cast<BodyPart>(part), motion, face))
                    .to(at::kCPU, at::kShort));
        control.advanceTo(std::min(count, first + kWindowsAtOnce));
    }
    WindowCodes all;
    for (std::size_t part = 0; part < all.size(); ++part)
        all[part] = at::cat(codes[part]);
    return all;
}

ChannelStatistics motionStatistics(const WindowStore& store, std::string_view split, double floor) {
    return statisticsOf(store, split, stream::kMotion, floor);
}

ChannelStatistics partStatistics(const WindowStore& store, std::string_view split, BodyPart part,
                                 double floor) {
    const ChannelStatistics whole = motionStatistics(store, split, floor);
    const std::vector<int> columns = motion::motionColumns(part);
    const std::vector<std::int64_t> index(columns.begin(), columns.end());
    ChannelStatistics own{whole.mean.index_select(0, at::tensor(index)),
                          whole.deviation.index_select(0, at::tensor(index))};
    if (part != BodyPart::Face) return own;
    // Expressions that hardly move would else be blown up.
    constexpr double kExpressionFloor = 0.1;
    const ChannelStatistics face =
        statisticsOf(store, split, stream::kExpressions, std::max(floor, kExpressionFloor));
    return {at::cat({own.mean, face.mean}), at::cat({own.deviation, face.deviation})};
}

} // namespace gesture::training
