// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/speech_query_attention.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>

namespace gesture::models {

SpeechQueryAttention::SpeechQueryAttention(const Scope& scope, const GeneratorSizes& sizes)
    : widenUpper_(scope / "audio_feature2motion_upper", sizes.latent, sizes.hidden)
    , widenHands_(scope / "audio_feature2motion_hands", sizes.latent, sizes.hidden)
    , widenLower_(scope / "audio_feature2motion_lower", sizes.latent, sizes.hidden)
    , weights_((scope / "mask_generator").parameter("fusion_weights", {3}))
    , stack_(scope / "mask_generator" / "shared_transformer_decoder",
             {sizes.hidden, sizes.queryFeedForward, sizes.heads}, sizes.hintLayers) {}

SpeechQueryAttention::Result SpeechQueryAttention::operator()(const BodyParts<at::Tensor>& speech,
                                                              const at::Tensor& motion, Pass pass,
                                                              Trace trace) const {
    // The parts go through the shared stack as one batch: hands, upper, lower. They look at the
    // same motion, whose keys and values are computed once.
    const at::Tensor queries = at::cat(
        {widenHands_(speech.hands), widenUpper_(speech.upper), widenLower_(speech.lower)}, 0);
    std::vector<at::Tensor> weights;
    const auto told =
        stack_(queries, motion, pass, trace == Trace::Yes ? &weights : nullptr).chunk(3, 0);

    Result result;
    result.hints = (weights_[0] * told[0] + weights_[1] * told[1] + weights_[2] * told[2]) / 3.0;
    if (trace == Trace::Yes) {
        const auto parts = at::stack(weights).chunk(3, 1);
        result.maps = {parts[1], parts[0], parts[2]};
    }
    return result;
}

at::Tensor SpeechQueryAttention::importance(const at::Tensor& map) { return map.mean({0, 2, 3}); }

at::Tensor SpeechQueryAttention::fusedImportance(const BodyParts<at::Tensor>& maps) const {
    return (weights_[0] * importance(maps.hands) + weights_[1] * importance(maps.upper) +
            weights_[2] * importance(maps.lower)) /
           3.0;
}

} // namespace gesture::models
