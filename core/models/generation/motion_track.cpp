// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/motion_track.h"

#include "core/models/generation/motion_rows.h"
#include "core/motion/representation.h"

#include <ATen/ops/cat.h>

#include <algorithm>
#include <span>
#include <utility>

namespace gesture::models {

namespace {

using inference::MotionFrames;
using inference::PerPart;
using motion::BodyPart;

constexpr float kSecondsPerFrame = 1.0F / 30.0F;
constexpr std::int64_t kTranslationChannel = 54; ///< In the lower body's vector.

/// A part's vectors of `range`, decoded with the tokens around it.
at::Tensor decodePartRange(const MotionCodec& codec, BodyPart part, const at::Tensor& codes,
                           FrameRange range) {
    const std::int64_t step = codec.framesPerToken();
    const std::int64_t first =
        std::max<std::int64_t>(0, range.begin.value / step - codec.contextTokens());
    const std::int64_t last =
        std::min(codes.size(0), (range.end.value + step - 1) / step + codec.contextTokens());
    const at::Tensor decoded = codec.decode(part, codes.narrow(0, first, last - first));
    return decoded.narrow(0, range.begin.value - first * step, range.length()).contiguous();
}

void writePart(BodyPart part, const at::Tensor& values, motion::DecodedMotion& out) {
    const std::span<const float> numbers(values.data_ptr<float>(),
                                         static_cast<std::size_t>(values.numel()));
    // The sizes agree by construction.
    static_cast<void>(motion::decodePart(part, numbers, out));
}

/// What the root's network says of the frames of `range`: (frames, 61).
at::Tensor rootOf(const MotionCodec& codec, const at::Tensor& lowerCodes, FrameRange range) {
    const std::int64_t known = lowerCodes.size(0) * codec.framesPerToken();
    const FrameRange around{
        {std::max<std::int64_t>(0, range.begin.value - MotionCodec::kRootContext)},
        {std::min(known, range.end.value + MotionCodec::kRootContext)}};
    const at::Tensor lower = decodePartRange(codec, BodyPart::Lower, lowerCodes, around);
    const at::Tensor said = codec.root(codec.rootSeesTranslation() ? lower : rootInput(lower));
    return said.narrow(0, range.begin - around.begin, range.length());
}

MotionFrames framesOf(motion::DecodedMotion decoded) {
    return {std::move(decoded.poses), std::move(decoded.translations),
            std::move(decoded.expressions), std::move(decoded.contacts)};
}

void writeTranslations(const at::Tensor& rows, MotionFrames& frames) {
    const at::Tensor channels = rows.narrow(1, kTranslationChannel, 3).contiguous();
    std::copy_n(channels.data_ptr<float>(), frames.translations.size(),
                frames.translations.begin());
}

} // namespace

MotionTrack::MotionTrack(const MotionCodec& codec, std::array<float, 3> start)
    : codec_(codec)
    , position_(start) {}

std::int64_t MotionTrack::tokenCount() const {
    const at::Tensor& any = codes_[BodyPart::Upper];
    return any.defined() ? any.size(0) : 0;
}

void MotionTrack::setCodes(std::int64_t begin, const PerPart<at::Tensor>& codes) {
    for (const BodyPart part : kCodedParts) {
        at::Tensor& mine = codes_[part];
        if (!mine.defined() || begin == 0)
            mine = codes[part];
        else
            mine = at::cat({mine.narrow(0, 0, begin), codes[part]});
    }
}

inference::MotionChunk MotionTrack::decode(std::optional<std::int64_t> settledTokens,
                                           std::int64_t limit) {
    const std::int64_t known = tokenCount() * codec_.framesPerToken();
    const std::int64_t end = std::min(known, limit);
    const FrameRange range{{finalFrames_}, {std::max(end, finalFrames_)}};
    inference::MotionChunk chunk{range.begin, range.end, {}};
    if (range.empty()) return chunk;
    chunk.frames = decodeFrames(codec_, codes_, range);
    const std::array<float, 3> behind = integrateRoot(chunk.frames, position_);
    const std::int64_t reach =
        codec_.contextTokens() * codec_.framesPerToken() + MotionCodec::kRootContext;
    const std::int64_t settled =
        settledTokens
            ? std::clamp(*settledTokens * codec_.framesPerToken() - reach, range.begin.value, end)
            : end;
    if (settled < end) {
        const auto at = static_cast<std::size_t>(settled - range.begin.value) * 3;
        std::copy_n(chunk.frames.translations.begin() + static_cast<std::ptrdiff_t>(at), 3,
                    position_.begin());
    } else {
        position_ = behind;
    }
    finalFrames_ = settled;
    chunk.finalEnd = {settled};
    return chunk;
}

MotionFrames decodeFrames(const MotionCodec& codec, const PerPart<at::Tensor>& codes,
                          FrameRange range) {
    motion::DecodedMotion decoded(static_cast<std::size_t>(range.length()));
    for (const BodyPart part : kCodedParts)
        writePart(part, decodePartRange(codec, part, codes[part], range), decoded);
    MotionFrames frames = framesOf(std::move(decoded));
    writeTranslations(rootOf(codec, codes[BodyPart::Lower], range), frames);
    return frames;
}

std::array<float, 3> integrateRoot(MotionFrames& frames, std::array<float, 3> start) {
    std::array<float, 3> position = start;
    for (std::size_t at = 0; at + 3 <= frames.translations.size(); at += 3) {
        float* values = frames.translations.data() + at;
        const float velocityX = values[0];
        const float velocityZ = values[2];
        position[1] = values[1];
        std::copy(position.begin(), position.end(), values);
        position[0] += velocityX * kSecondsPerFrame;
        position[2] += velocityZ * kSecondsPerFrame;
    }
    return position;
}

MotionFrames referenceSeed(const MotionCodec& codec, const PerPart<at::Tensor>& codes,
                           std::array<float, 3> start, std::int64_t seedFrames) {
    const std::int64_t frames = codes[BodyPart::Lower].size(0) * codec.framesPerToken();
    motion::DecodedMotion decoded(static_cast<std::size_t>(frames));
    for (const BodyPart part : kCodedParts)
        if (part != BodyPart::Lower) writePart(part, codec.decode(part, codes[part]), decoded);
    const at::Tensor lower = codec.decode(BodyPart::Lower, codes[BodyPart::Lower]);
    writePart(BodyPart::Lower, lower, decoded);
    MotionFrames whole = framesOf(std::move(decoded));
    writeTranslations(lower, whole);
    if (!codec.rootSeesTranslation()) integrateRoot(whole, start);
    return sliceOf(whole, {{frames - seedFrames}, {frames}});
}

} // namespace gesture::models
