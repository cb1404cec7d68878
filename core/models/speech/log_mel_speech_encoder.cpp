// SPDX-License-Identifier: Apache-2.0
#include "core/models/speech/log_mel_speech_encoder.h"

#include "core/base/assert.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/lerp.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/softmax.h>

#include <string>

namespace gesture::models {

LogMelSpeechEncoder::Block::Block(const Scope& scope, const LogMelSpeechEncoderSizes& sizes,
                                  std::int64_t dilation)
    : norm(scope / "norm", sizes.width)
    , depthwise(scope / "depthwise", {.in = sizes.width,
                                      .out = sizes.width,
                                      .kernel = sizes.kernel,
                                      .padding = dilation * (sizes.kernel / 2),
                                      .dilation = dilation,
                                      .groups = sizes.width})
    , widen(scope / "widen", sizes.width, sizes.inner)
    , narrow(scope / "narrow", sizes.inner, sizes.width) {}

LogMelSpeechEncoder::LogMelSpeechEncoder(TensorSource& source,
                                         const LogMelSpeechEncoderSizes& sizes)
    : LogMelSpeechEncoder(Scope(source), sizes) {}

LogMelSpeechEncoder::LogMelSpeechEncoder(const Scope& scope, const LogMelSpeechEncoderSizes& sizes)
    : sizes_(sizes)
    , in_(scope / "conv_in", {.in = sizes.bands,
                              .out = sizes.width,
                              .kernel = sizes.inKernel,
                              .padding = sizes.inKernel / 2})
    , norm_(scope / "norm_out", sizes.width)
    , phone_(scope / "heads" / "phone", sizes.width, sizes.phones)
    , stress_(scope / "heads" / "stress", sizes.width, 1)
    , apex_(scope / "heads" / "apex", sizes.width, 1)
    , lexicon_(scope / "heads" / "lexicon", sizes.width, sizes.lexiconWords) {
    GESTURE_ASSERT(sizes.kernel % 2 == 1 && sizes.inKernel % 2 == 1 && sizes.lowBlock > 0 &&
                   static_cast<std::size_t>(sizes.lowBlock) <= sizes.dilations.size());
    for (std::size_t i = 0; i < sizes.dilations.size(); ++i)
        blocks_.emplace_back(scope / "blocks" / std::to_string(i), sizes, sizes.dilations[i]);
}

at::Tensor LogMelSpeechEncoder::run(const Block& block, const at::Tensor& x, Pass pass) {
    const at::Tensor near = block.depthwise.overTime(block.norm(x));
    return x + dropped(block.narrow(at::gelu(block.widen(near))), pass);
}

LogMelSpeechEncoder::Features LogMelSpeechEncoder::operator()(const at::Tensor& logMel,
                                                              Pass pass) const {
    Features features;
    at::Tensor x = at::gelu(in_.overTime(logMel));
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        x = run(blocks_[i], x, pass);
        if (static_cast<std::int64_t>(i) + 1 == sizes_.lowBlock) features.low = x;
    }
    features.high = norm_(x);
    return features;
}

LogMelSpeechEncoder::Labels LogMelSpeechEncoder::labels(const at::Tensor& high) const {
    return {phone_(high), stress_(high).squeeze(-1), apex_(high).squeeze(-1), lexicon_(high)};
}

at::Tensor LogMelSpeechEncoder::posteriors(const at::Tensor& high) const {
    return at::cat(
        {at::sigmoid(stress_(high)), at::sigmoid(apex_(high)), at::softmax(lexicon_(high), -1)},
        -1);
}

at::Tensor atMotionFrames(const at::Tensor& features, std::int64_t motionFrames,
                          const FeatureRates& rates) {
    const std::int64_t last = features.size(1) - 1;
    GESTURE_ASSERT(last >= 0 && motionFrames >= 0);
    const at::Tensor frames = at::arange(motionFrames, at::TensorOptions().dtype(at::kDouble));
    const at::Tensor places =
        ((frames + 0.5) * (rates.features / rates.motion)).clamp(0.0, static_cast<double>(last));
    const at::Tensor before = places.floor();
    const at::Tensor share = (places - before).to(features.options()).unsqueeze(-1);
    const at::Tensor index = before.to(at::kLong).to(features.device());
    return at::lerp(features.index_select(1, index),
                    features.index_select(1, (index + 1).clamp_max(last)), share);
}

} // namespace gesture::models
