// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/emage_audio.h"

#include <array>
#include <string>

namespace gesture::models {

namespace {

constexpr std::int64_t kAudioTaps = 15;
constexpr double kAudioSlope = 0.01; ///< Of the leaky ReLUs.

/// A block's channels are shares of the encoder's width; `padding` is that of its first convolution
/// and of its shortcut.
struct AudioBlockSize {
    std::int64_t quarters;
    std::int64_t stride;
    std::int64_t padding;
    bool shortcut;
};
constexpr std::array<AudioBlockSize, 6> kAudioBlocks{{{1, 5, 1600, true},
                                                      {1, 6, 0, true},
                                                      {1, 1, 7, false},
                                                      {2, 6, 0, true},
                                                      {2, 1, 7, false},
                                                      {4, 3, 0, true}}};

} // namespace

at::Tensor EmageAudioEncoder::NormedConvolution::operator()(const at::Tensor& x, Pass pass) const {
    return norm(convolution(x), pass);
}

EmageAudioEncoder::EmageAudioEncoder(const Scope& scope, std::int64_t width) {
    std::int64_t in = 1;
    for (std::size_t i = 0; i < kAudioBlocks.size(); ++i) {
        const AudioBlockSize& size = kAudioBlocks[i];
        const std::int64_t out = width / 4 * size.quarters;
        const Scope block = scope / "feat_extractor" / std::to_string(i);
        const ConvolutionShape entering{.in = in,
                                        .out = out,
                                        .kernel = kAudioTaps,
                                        .stride = size.stride,
                                        .padding = size.padding};
        const ConvolutionShape keeping{
            .in = out, .out = out, .kernel = kAudioTaps, .padding = kAudioTaps / 2};
        Block made{{Convolution(block / "conv1", entering), BatchNorm(block / "bn1", out)},
                   {Convolution(block / "conv2", keeping), BatchNorm(block / "bn2", out)},
                   {}};
        const Scope around = block / "downsample";
        if (size.shortcut)
            made.shortcut = {Convolution(around / "0", entering), BatchNorm(around / "1", out)};
        blocks_.push_back(std::move(made));
        in = out;
    }
}

at::Tensor EmageAudioEncoder::operator()(const at::Tensor& samples, Pass pass) const {
    at::Tensor x = samples.unsqueeze(1);
    for (const Block& block : blocks_) {
        const at::Tensor inner = leakyRelu(block.first(x, pass), kAudioSlope);
        const at::Tensor around = block.shortcut ? (*block.shortcut)(x, pass) : x;
        x = leakyRelu(block.second(inner, pass) + around, kAudioSlope);
    }
    return x.transpose(1, 2);
}

std::int64_t EmageAudioEncoder::frameCount(std::int64_t samples) {
    std::int64_t frames = samples;
    for (const AudioBlockSize& size : kAudioBlocks)
        frames = (frames + 2 * size.padding - kAudioTaps) / size.stride + 1;
    return frames;
}

} // namespace gesture::models
