// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/results.h"
#include "core/models/generation/motion_codec.h"

#include <array>
#include <cstdint>
#include <optional>

namespace gesture::models {

/// Motion that grows with its codes. What the newest codes decode to changes with those that
/// follow; the track decodes that end again and knows from where on. Memory for codes only; one
/// thread.
class MotionTrack {
public:
    /// `start`: where the body stands in the first frame, of which x and z count (height comes from
    /// the network). `codec` outlives the track.
    MotionTrack(const MotionCodec& codec, std::array<float, 3> start);

    /// Puts codes (tokens, layers) of all parts from token `begin` on, which is at most the number
    /// of tokens so far.
    void setCodes(std::int64_t begin, const inference::PerPart<at::Tensor>& codes);

    /// Decodes the frames that are not final, up to `limit` in all. Codes from token `settled` on
    /// may still be replaced, and others will follow; without it no more codes come, and all frames
    /// become final.
    [[nodiscard]] inference::MotionChunk decode(std::optional<std::int64_t> settled,
                                                std::int64_t limit);

    [[nodiscard]] std::int64_t tokenCount() const;
    [[nodiscard]] const inference::PerPart<at::Tensor>& codes() const { return codes_; }

private:
    const MotionCodec& codec_;
    inference::PerPart<at::Tensor> codes_;
    std::int64_t finalFrames_ = 0;
    std::array<float, 3> position_; ///< Of the body at the first frame that is not final.
};

/// Decodes frames `range` of codes whose neighbours are known. Translations are what the root's
/// network says of them: velocity in x (m/s), height (m), velocity in z (m/s).
[[nodiscard]] inference::MotionFrames decodeFrames(const MotionCodec& codec,
                                                   const inference::PerPart<at::Tensor>& codes,
                                                   FrameRange range);

/// Replaces velocities in x and z by positions, from where the body stands in the first frame on
/// (forward Euler at 30 frames a second, as the published programs integrate them). Returns where
/// it stands one frame behind the last.
std::array<float, 3> integrateRoot(inference::MotionFrames& frames, std::array<float, 3> start);

/// The last frames of a window that was decoded by itself, as the published programs feed them
/// back: translation from the lower body's own channels. For residual codecs x and z are velocities
/// from `start` on; for EMAGE's they are taken as they are.
[[nodiscard]] inference::MotionFrames referenceSeed(const MotionCodec& codec,
                                                    const inference::PerPart<at::Tensor>& codes,
                                                    std::array<float, 3> start,
                                                    std::int64_t seedFrames);

} // namespace gesture::models
