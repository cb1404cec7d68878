// SPDX-License-Identifier: Apache-2.0
#include "core/models/speech/hubert_speech.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/nan_to_num.h>
#include <ATen/ops/upsample_linear1d.h>

#include <algorithm>
#include <fmt/format.h>
#include <string_view>

namespace gesture::models {

namespace {

constexpr std::string_view kListening = "Listening to speech";
/// Pieces of so many frames were heard apart when the reference's training data were made.
constexpr std::int64_t kFramesPerPiece = 1000;
/// Samples of the 16 kHz signal for a motion frame: the reference says int(16000 / 30).
constexpr std::int64_t kReferenceSamplesPerFrame = 533;

Status checkHubertRequest(const HubertSizes& sizes, std::int64_t samples,
                          const HubertSpeechRequest& request) {
    if (sizes.frameCount(samples) < 1)
        return Error(ErrorCode::InvalidInput,
                     fmt::format("The recording has {} samples, too few for the speech encoder, "
                                 "which needs {}. Take a longer one.",
                                 samples, sizes.samplesForOneFrame()));
    if (request.frames < 1)
        return Error(ErrorCode::Usage, "Speech features were asked for 0 frames of motion.");
    if (request.middleBlock < 0 || request.middleBlock > sizes.layers)
        return Error(ErrorCode::Usage,
                     fmt::format("The speech encoder has {} blocks; there is no block {}.",
                                 sizes.layers, request.middleBlock));
    const at::Tensor& projection = request.projection;
    if (projection.defined() && (projection.dim() != 2 || projection.size(0) != sizes.width))
        return Error(ErrorCode::Usage,
                     fmt::format("The projection of speech features does not take the {} channels "
                                 "of the speech encoder.",
                                 sizes.width));
    return Status::success();
}

/// The frames of a whole recording before they are put in time with the motion, (frames, width).
struct EncoderFrames {
    at::Tensor last, middle;
};

Result<EncoderFrames> hearPieces(const Hubert& network, const at::Tensor& samples,
                                 std::int64_t middleBlock, JobControl& control) {
    const HubertSizes& sizes = network.sizes();
    const std::int64_t total = sizes.frameCount(samples.size(0));
    const std::int64_t hop = sizes.samplesPerFrame();
    const std::int64_t overlap = sizes.samplesForOneFrame() - hop;
    EncoderFrames all{at::empty({total, sizes.width}, samples.options()), {}};
    if (middleBlock > 0) all.middle = at::empty_like(all.last);
    const std::int64_t pieces = (total + kFramesPerPiece - 1) / kFramesPerPiece;
    control.beginStage(std::string(kListening), pieces * sizes.layers);
    for (std::int64_t piece = 0; piece < pieces; ++piece) {
        const std::int64_t first = piece * kFramesPerPiece;
        const std::int64_t count = std::min(kFramesPerPiece, total - first);
        const at::Tensor heard = samples.narrow(0, first * hop, count * hop + overlap);
        const auto proceed = [&](std::int64_t block) {
            control.advanceTo(piece * sizes.layers + block);
            return !control.stopRequested();
        };
        const Hubert::Features features = network(heard.unsqueeze(0), middleBlock, proceed);
        if (!features.last.defined()) return JobControl::cancelled(kListening);
        all.last.narrow(0, first, count).copy_(features.last[0]);
        if (middleBlock > 0) all.middle.narrow(0, first, count).copy_(features.middle[0]);
    }
    return all;
}

/// (encoder frames, width) to (motion frames, channels).
at::Tensor inTimeWithMotion(const at::Tensor& frames, const HubertSpeechRequest& request) {
    const at::Tensor stretched =
        at::upsample_linear1d(frames.t().unsqueeze(0), at::IntArrayRef({request.frames}), true)[0]
            .t();
    return request.projection.defined() ? at::matmul(stretched, request.projection)
                                        : stretched.contiguous();
}

} // namespace

std::int64_t referenceFrameCount(std::int64_t samples16k) {
    return samples16k / kReferenceSamplesPerFrame;
}

Result<SpeechStreams> hubertSpeech(const Hubert& network, const at::Tensor& samples,
                                   const HubertSpeechRequest& request, JobControl& control) {
    const at::NoGradGuard noGradient;
    if (Status fits = checkHubertRequest(network.sizes(), samples.numel(), request); !fits)
        return std::move(fits).error();
    const at::Tensor normalised = Hubert::normalised(at::nan_to_num(samples, 0.0, 0.0, 0.0));
    auto frames = hearPieces(network, normalised, request.middleBlock, control);
    if (!frames) return std::move(frames).error();
    SpeechStreams streams{inTimeWithMotion(frames->last, request), {}};
    if (frames->middle.defined()) streams.low = inTimeWithMotion(frames->middle, request);
    return streams;
}

} // namespace gesture::models
